export default {
  title: 'Notes from the creek',
  url: 'SITE',
  baseUrl: '/',
  trailingSlash: true,
  onBrokenLinks: 'warn',
  presets: [['classic', { docs: false, pages: false, blog: { routeBasePath: '/', onUntruncatedBlogPosts: 'ignore' } }]],
  scripts: [{ src: 'SERVICE/widget.js', async: true, 'data-post': 'auto' }],
};
