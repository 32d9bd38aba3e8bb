//! Traces of requests and deliveries, in the protocol of OpenTelemetry (OTLP over HTTP). In a span stand routes, kinds, statuses and
//! ids of filings; never an address as it was asked for.

use std::time::Duration;

use async_trait::async_trait;
use axum::body::Bytes;
use axum::http::{Request, Response};
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::{HttpClient, HttpError};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{Sampler, SdkTracer, SdkTracerProvider};
use tokio::runtime::Handle;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::Registry;

use crate::config::TraceSettings;

/// What spans that are traced are marked with.
pub const TARGET: &str = "trace";

/// How long the collector has for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// A span for a request that matched this route.
pub fn of_request(method: &str, route: &str) -> Span {
    tracing::info_span!(
        target: TARGET,
        "request",
        otel.name = %format_args!("{method} {route}"),
        otel.kind = "server",
        http.request.method = method,
        http.route = route,
        http.response.status_code = tracing::field::Empty,
        otel.status_code = tracing::field::Empty,
    )
}

/// Notes what a request was answered with. Our own faults are errors; what was wrongly asked is none (semantic conventions of HTTP).
pub fn answered(span: &Span, status: u16) {
    span.record("http.response.status_code", status);
    if status >= 500 {
        span.record("otel.status_code", "ERROR");
    }
}

/// A span for a try to deliver.
pub fn of_delivery(filing_id: &str, attempts: i64) -> Span {
    tracing::info_span!(
        target: TARGET,
        "deliver",
        otel.kind = "client",
        filing.id = filing_id,
        delivery.attempts = attempts,
        delivery.outcome = tracing::field::Empty,
    )
}

/// A span for a step on the way.
macro_rules! step {
    ($name:literal) => {
        tracing::info_span!(target: $crate::telemetry::traces::TARGET, $name)
    };
}
pub(crate) use step;

/// The traces of this process, until it ends.
#[derive(Debug, Default)]
pub struct Traces(Option<SdkTracerProvider>);

impl Traces {
    /// Traces to this collector, and the layer that makes them.
    pub(super) fn to(settings: &TraceSettings) -> Result<(Self, Option<OpenTelemetryLayer<Registry, SdkTracer>>), String> {
        let Some(endpoint) = &settings.endpoint else { return Ok((Self(None), None)) };
        // Only an already installed provider can make this fail, and that one will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let unusable = |why: &dyn std::fmt::Display| format!("traces.endpoint cannot be used: {why}.");
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()
            .map_err(|why| unusable(&why))?;
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Collector { http, runtime: Handle::current() })
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(endpoint.as_str())
            .with_timeout(PATIENCE)
            .build()
            .map_err(|why| unusable(&why))?;
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(settings.part()))))
            .with_resource(Resource::builder().with_service_name("chengxin").build())
            .build();
        let layer = OpenTelemetryLayer::new(provider.tracer("chengxin"));
        Ok((Self(Some(provider)), Some(layer)))
    }

    /// Sends what is left, and ends. What the collector does not take is lost: nothing hangs on a trace.
    pub async fn end(self) {
        let Some(provider) = self.0 else { return };
        let ended = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(PATIENCE)).await;
        if let Ok(Err(why)) = ended {
            tracing::warn!(error.message = %why, "traces.not_sent");
        }
    }
}

/// The collector, over the HTTP client that the rest of the house uses. The exporter has a thread of its own, so the runtime is named.
#[derive(Debug)]
struct Collector {
    http: reqwest::Client,
    runtime: Handle,
}

#[async_trait]
impl HttpClient for Collector {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let request = reqwest::Request::try_from(request)?;
        let http = self.http.clone();
        let sent = self.runtime.spawn(async move {
            let answer = http.execute(request).await?;
            let mut response = Response::builder().status(answer.status());
            if let Some(headers) = response.headers_mut() {
                headers.extend(answer.headers().clone());
            }
            Ok::<_, reqwest::Error>((response, answer.bytes().await?))
        });
        let (response, body) = sent.await??;
        Ok(response.body(body)?)
    }
}
