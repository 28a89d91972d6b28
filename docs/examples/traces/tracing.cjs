// Traces of sign-ins, by the OpenTelemetry SDK. Loaded before the service:
//   npm install @opentelemetry/sdk-trace-node
//   node --require ./tracing.cjs node_modules/wix-saml/dist/cli/bin.js serve
// In place of the console put the exporter of your collector, such as that of @opentelemetry/exporter-trace-otlp-http.

const {
  BatchSpanProcessor,
  ConsoleSpanExporter,
  NodeTracerProvider,
} = require('@opentelemetry/sdk-trace-node');

const exporter = new ConsoleSpanExporter();
const provider = new NodeTracerProvider({
  spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 500 })],
});
provider.register();

process.once('beforeExit', () => void provider.shutdown());
