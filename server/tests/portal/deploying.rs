//! What stands in `server/deploy`: it fits the program that it starts.

use std::process::Command;

use server::config::Config;

use crate::place::Folder;

const UNIT: &str = include_str!("../../deploy/chengxin.service");
const INSTALLED: &str = "/usr/bin/chengxin";

#[test]
fn the_example_settings_are_sound() {
    Config::parse(include_str!("../../deploy/chengxin.toml"), std::iter::empty()).unwrap();
}

/// systemd itself looks at the unit, and says how much a program under it could do.
#[test]
fn systemd_takes_the_unit_and_finds_it_closed() {
    let folder = Folder::new();
    let unit = folder.path("chengxin.service");
    std::fs::write(&unit, UNIT.replace(INSTALLED, env!("CARGO_BIN_EXE_chengxin"))).unwrap();
    for arguments in [&["verify"][..], &["security", "--offline=yes", "--threshold=20"]] {
        let Ok(said) = Command::new("systemd-analyze").args(arguments).arg(&unit).output() else {
            println!("no systemd here: the unit is not looked at");
            return;
        };
        assert!(said.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&said.stderr));
        assert_eq!(String::from_utf8_lossy(&said.stderr), "", "{arguments:?}");
    }
}

#[test]
fn the_unit_and_the_container_start_what_there_is() {
    let help = Command::new(env!("CARGO_BIN_EXE_chengxin")).arg("--help").output().unwrap();
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let commands = UNIT.lines().filter_map(|line| line.split_once(INSTALLED)?.1.rsplit(' ').next());
    let commands: Vec<&str> = commands.collect();
    assert_eq!(commands, ["migrate", "serve"]);
    for command in commands {
        assert!(help.lines().any(|line| line.trim_start().starts_with(&format!("{command} "))), "{command} is not in {help}");
    }
    let container = include_str!("../../deploy/Containerfile");
    assert!(container.contains("CMD [\"serve\"]") && container.contains(&format!("ENTRYPOINT [\"{INSTALLED}\"")), "{container}");
}
