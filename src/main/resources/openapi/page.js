// The documents are those that the page's head links to; the list itself is the server's.
const documents = [...document.querySelectorAll('link[rel=alternate]')].map((link) => ({
  url: link.getAttribute('href'),
  name: link.title,
}));

SwaggerUIBundle({
  dom_id: '#page',
  urls: documents,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  // its badge would be asked of a server elsewhere
  validatorUrl: null,
});
