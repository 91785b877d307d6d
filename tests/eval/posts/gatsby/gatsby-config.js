module.exports = {
  siteMetadata: { title: `Makers & Menders`, siteUrl: `https://makersmenders.example` },
  plugins: [
    { resolve: `gatsby-source-filesystem`, options: { name: `blog`, path: `${__dirname}/content/blog` } },
    { resolve: `gatsby-transformer-remark`, options: { plugins: [`gatsby-remark-images`, `gatsby-remark-smartypants`] } },
  ],
}
