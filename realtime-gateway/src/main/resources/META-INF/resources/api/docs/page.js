/** The API's page. It keeps the token of a login that was tried, in memory only, for the requests that follow. */
const TOKENS = /\/api\/auth\/(login|refresh|pin|token)$/;

function keepToken(response) {
  const token = response.body?.accessToken ?? response.body?.access_token;
  if (response.ok && token && TOKENS.test(response.url)) ui.preauthorizeApiKey('SecurityScheme', token);
  return response;
}

const ui = SwaggerUIBundle({
  url: '/api/docs/openapi.json',
  dom_id: '#page',
  deepLinking: true,
  filter: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  validatorUrl: null,
  responseInterceptor: keepToken,
});
