// The chat stands beside the post where there is room, else it waits behind its launcher.

const chat = document.querySelector('ask-post');
const roomy = matchMedia('(min-width: 68rem)');

function place() {
  chat.setAttribute('mode', roomy.matches ? 'inline' : 'launcher');
}

roomy.addEventListener('change', place);
place();

// A wide table or code block scrolls on its own, so the keyboard must reach it.
for (const box of document.querySelectorAll('.prose pre, .prose table')) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}
