//! The portal: `chengxin serve`, `chengxin migrate`, `chengxin doctor`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::command::run()
}
