module.exports = {
  title: 'Ledgerline',
  url: 'https://ledgerline.example',
  baseUrl: '/',
  presets: [
    ['classic', {docs: {routeBasePath: 'docs'}, blog: {showReadingTime: true, truncateMarker: /<!--\s*truncate\s*-->/}}],
  ],
};
