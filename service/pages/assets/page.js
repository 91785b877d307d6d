// The chat stands beside the post where there is room, else it waits behind its launcher.

const chat = document.querySelector('ask-post');
const roomy = matchMedia('(min-width: 68rem)');

function place() {
  chat.setAttribute('mode', roomy.matches ? 'inline' : 'launcher');
}

roomy.addEventListener('change', place);
place();

// A wide table or code block scrolls on its own, so the keyboard must reach it.
for (const box of document.querySelectorAll('pre, .table')) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}

// `?q=` asks here as it does without scripts; then it goes, so that a reload does not ask again.
const address = new URL(location);
const question = address.searchParams.get('q')?.trim();
if (question) {
  customElements.whenDefined('ask-post').then(() => {
    address.searchParams.delete('q');
    if (address.hash === '#ask') address.hash = '';
    history.replaceState(history.state, '', address);
    chat.ask(question);
  });
}
