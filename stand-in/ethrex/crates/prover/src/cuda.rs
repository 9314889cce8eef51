//! SP1 5's client of the GPU server. There is no server: only its traces in the log, its signal handler and,
//! on request, its container. SP1 6 starts its server as a program of its own and leaves no such trace.

use crate::behaviour::SP1;
use crate::conduct::{behaviour_on, Behaviour, Sp1};
use crate::signals;
use ethrex_common::{trace, Block};
use std::{
    env, process,
    process::Command,
    sync::{
        atomic::{AtomicBool, Ordering},
        OnceLock,
    },
};

const TARGET: &str = "sp1_cuda";
const CONTAINER: &str = "sp1-gpu";
const IMAGE: &str = "public.ecr.aws/succinct-labs/moongate:v5.0.8";

/// Held in a static, so nothing is cleaned up on a normal exit: the real client does the same.
static SETUP: OnceLock<()> = OnceLock::new();
static CONTAINER_STARTED: AtomicBool = AtomicBool::new(false);

pub fn set_up(block: &Block) {
    if SP1 == Sp1::V6 {
        return;
    }
    SETUP.get_or_init(|| {
        signals::on_interrupt(clean_up_and_leave);
        if behaviour_on(block) == Behaviour::StartsContainer {
            start_container();
        }
        trace::info(TARGET, "waiting for proving server to be ready");
        trace::info(TARGET, "proving server is not ready, retrying...");
        trace::info(TARGET, "proving server is ready");
        respond("Setup");
    });
}

pub fn respond(call: &str) {
    if SP1 == Sp1::V6 {
        return;
    }
    let url = format!("http://localhost:3000/twirp/api.ProverService/{call}");
    trace::info(
        TARGET,
        &format!("Response {{ url: \"{url}\", status: 200, headers: {{}} }}"),
    );
}

fn start_container() {
    let image = env::var("SP1_GPU_IMAGE").unwrap_or_else(|_| IMAGE.to_string());
    let pulled = Command::new("docker").args(["pull", &image]).status();
    pulled.expect("docker starts");
    let level = env::var("RUST_LOG").unwrap_or_else(|_| "none".to_string());
    let mut container = Command::new("docker");
    container.args([
        "run",
        "-e",
        &format!("RUST_LOG={level}"),
        "-p",
        "3000:3000",
        "--rm",
        "--gpus",
        "all",
    ]);
    container.args(["--name", CONTAINER, &image]);
    container.spawn().expect("docker starts");
    CONTAINER_STARTED.store(true, Ordering::Relaxed);
}

fn clean_up_and_leave() {
    println!("received Ctrl+C, cleaning up...");
    if CONTAINER_STARTED.load(Ordering::Relaxed) {
        let _ = Command::new("docker").args(["rm", "-f", CONTAINER]).status();
    }
    process::exit(0);
}
