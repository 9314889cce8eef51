use crate::cli::Resource;
use crate::failure::Failure;
use crate::json::Json;
use crate::machine;
use crate::report::Report;
use ethrex_vm::million_gas;
use std::fs;

/// Always of the current directory, always of the last block.
const FILE: &str = "bench_latest.json";

pub fn write(report: &Report, resource: Resource) -> Result<(), Failure> {
    let took = report
        .measured()
        .ok_or_else(|| Failure::new(format!("Cannot create benchmark file: {}", report.error())))?;
    let rate = million_gas(&report.block) / took.as_secs_f64();
    let name = format!("{}, {}", report.zkvm.unwrap_or_default(), machine::name(resource));
    let entry = Json::Object(vec![
        ("name".to_string(), Json::text(name)),
        ("unit".to_string(), Json::text("Mgas/s")),
        ("value".to_string(), Json::Number(format!("{rate:?}"))),
    ]);
    let written = fs::write(FILE, Json::List(vec![entry]).compact());
    written.map_err(|error| Failure::because("Cannot create benchmark file", error))
}
