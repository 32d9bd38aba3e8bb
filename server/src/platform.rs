//! The district's public credit information platform (区公共信用信息服务平台), by the contract in `docs/platform-openapi.yaml`.

mod answer;
pub mod client;
pub mod events;
pub mod list;
pub mod readings;
pub mod wire_v1;
