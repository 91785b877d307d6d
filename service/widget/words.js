// What the panel says; words-*.js hold the same names.

const ENGLISH = {
  title: 'Ask this blog',
  intro: 'Ask a question. The answer is quoted from the posts, word for word, with a link to the place.',
  label: 'Your question',
  placeholder: 'Your question…',
  send: 'Ask',
  stop: 'Stop',
  close: 'Close',
  clear: 'Clear the conversation',
  log: 'Conversation',
  you: 'You asked:',
  try: 'You could ask',
  searching: 'Looking through the posts…',
  slow: 'Still looking. This takes longer than usual…',
  starting: 'The service is starting or busy. Trying again in {seconds} s…',
  widening: 'Not on this page. Looking through the whole blog…',
  elsewhere: 'This page does not say, but another post does.',
  nowhere: 'The rest of the blog does not say it either.',
  meant: 'Taken to mean: “{question}”',
  literal: 'Ask it as written',
  unsure: 'This may be only near what you asked.',
  closest: 'Closest sections',
  more: 'Related sections',
  source: 'Source {n}',
  copy: 'Copy',
  copied: 'Copied',
  uncopied: 'Not copied. Please select the text.',
  retry: 'Try again',
  left: '{n} characters left',
  stopped: 'Stopped.',
  offline: 'You are offline. Your question is kept.',
  unreachable: 'The service cannot be reached. Your question is kept.',
  interrupted: 'The connection broke off before the answer was complete. Your question is kept.',
  timeout: 'No answer came in time. Your question is kept.',
  limit: 'That was many questions in a short time. The next one is possible in {seconds} s.',
  ready: 'You can ask again now.',
  refused: 'The service cannot take this question. {detail}',
  failed: 'Something went wrong on the server. Your question is kept.',
  helpful: 'Helpful',
  unhelpful: 'Not helpful',
  why: 'What was wrong?',
  incorrect: 'It is incorrect',
  not_what_i_asked: 'It is not what I asked',
  other: 'Something else',
  note: 'A note to the author (optional)',
  submit: 'Send',
  unsent: 'Not sent.',
  thanks: 'Thank you.',
  marked: 'Marked on this page',
  unmark: 'Clear the mark',
  back: 'Back to the answer',
};

const LANGUAGES = ['vi', 'de', 'es', 'fr', 'ar', 'ja'];
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

/** The words, with the owner's own over them, and their `lang` and `dir`; English where the language is not known. */
export async function loadWords(lang, own) {
  // The region is often misspelt (de_DE), which no date can be written in.
  let spoken = lang.slice(0, 2).toLowerCase();
  const words = { ...ENGLISH };
  if (LANGUAGES.includes(spoken)) Object.assign(words, (await import(`./words-${spoken}.js`)).default);
  // Who has written the introduction has written in the page's language.
  else if (!own.intro) spoken = 'en';
  return { words: { ...words, ...own }, lang: spoken, dir: RIGHT_TO_LEFT.includes(spoken) ? 'rtl' : 'ltr' };
}

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
