//! Where a profile lies. On a network drive locks and memory maps do not hold; a synchronised folder swaps files while they are
//! in use and keeps old ones on other people's computers. Both have ruined databases, so both are told at set-up.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf, Prefix};

/// Something about a folder that the owner should know before keeping a vault there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On another machine. `kind` is the file system's name, such as "nfs4" or "cifs".
    Network {
        /// The name of the file system, or "unc" for a Windows network path.
        kind: String,
    },
    /// Copied elsewhere by a program that synchronises. `by` is its name, such as "OneDrive".
    Synchronised {
        /// The program's name.
        by: &'static str,
    },
}

impl Place {
    /// A stable name for the kind of warning.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Network { .. } => "network",
            Self::Synchronised { .. } => "synchronised",
        }
    }
}

/// File systems of which the files are on another machine, or on the host of a virtual one: their locks cannot be trusted.
const NETWORK: [&str; 17] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb2",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "afpfs",
    "ceph",
    "glusterfs",
    "lustre",
    "davfs",
    "9p",
    "vboxsf",
    "virtiofs",
];

/// The same through FUSE, where the type says "fuse." and a name.
const NETWORK_FUSE: [&str; 12] = [
    "sshfs",
    "rclone",
    "gvfsd-fuse",
    "davfs2",
    "curlftpfs",
    "s3fs",
    "glusterfs",
    "ceph",
    "smbnetfs",
    "vmhgfs-fuse",
    "google-drive-ocamlfuse",
    "onedriver",
];

/// Names of synchronised folders, as far as they are long enough to mean nothing else, and whose they are.
const FOLDERS: [(&str, &str); 27] = [
    ("OneDrive", "OneDrive"),
    ("SkyDrive", "OneDrive"),
    ("Dropbox", "Dropbox"),
    ("Mobile Documents", "iCloud Drive"),
    ("com~apple~CloudDocs", "iCloud Drive"),
    ("iCloud Drive", "iCloud Drive"),
    ("iCloudDrive", "iCloud Drive"),
    ("Google Drive", "Google Drive"),
    ("GoogleDrive", "Google Drive"),
    ("Nextcloud", "Nextcloud"),
    ("ownCloud", "ownCloud"),
    ("pCloud Drive", "pCloud"),
    ("pCloudDrive", "pCloud"),
    ("Box", "Box"),
    ("Box Sync", "Box"),
    ("Proton Drive", "Proton Drive"),
    ("ProtonDrive", "Proton Drive"),
    ("MEGA", "MEGA"),
    ("MEGAsync", "MEGA"),
    ("Seafile", "Seafile"),
    ("SynologyDrive", "Synology Drive"),
    ("Synology Drive", "Synology Drive"),
    ("Tresorit", "Tresorit"),
    ("Jottacloud", "Jottacloud"),
    ("MagentaCLOUD", "MagentaCLOUD"),
    ("HiDrive", "HiDrive"),
    ("kDrive", "kDrive"),
];

/// Files and folders that a synchronising program keeps in the folder it watches.
const MARKERS: [(&str, &str); 9] = [
    (".dropbox.cache", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".SynologyWorkingDirectory", "Synology Drive"),
    (".megaignore", "MEGA"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
];

/// What the owner should know about this folder, which need not be there yet. What cannot be found out is not told.
#[must_use]
pub fn warnings(dir: &Path) -> Vec<Place> {
    let real = real(dir);
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let network = network_path(&real).or_else(|| network_mount(&mounts, &real));
    // As given, too: a link may carry the telling name.
    let by =
        synchronised_by_name(dir).or_else(|| synchronised_by_name(&real)).or_else(|| synchronised_by_marker(&real));
    network.map(|kind| Place::Network { kind }).into_iter().chain(by.map(|by| Place::Synchronised { by })).collect()
}

/// The path without links, as far as it exists.
fn real(dir: &Path) -> PathBuf {
    let absolute = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let found = absolute.ancestors().find_map(|above| Some((above, fs::canonicalize(above).ok()?)));
    match found {
        Some((above, real)) => absolute.strip_prefix(above).map(|rest| real.join(rest)).unwrap_or(real),
        None => absolute,
    }
}

/// A network path as Windows writes it.
fn network_path(dir: &Path) -> Option<String> {
    match dir.components().next()? {
        Component::Prefix(prefix) => match prefix.kind() {
            Prefix::UNC(..) | Prefix::VerbatimUNC(..) => Some("unc".to_owned()),
            Prefix::Verbatim(_) | Prefix::VerbatimDisk(_) | Prefix::DeviceNS(_) | Prefix::Disk(_) => None,
        },
        Component::RootDir | Component::CurDir | Component::ParentDir | Component::Normal(_) => None,
    }
}

/// The file system's name if the mount that `dir` lies on is a network's. `mounts` is Linux's mountinfo (proc(5)): the fifth
/// field is the mount point, the first after the lone hyphen the type. Of several mounts at one place the last one counts.
fn network_mount(mounts: &str, dir: &Path) -> Option<String> {
    let mounts = mounts.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let point = PathBuf::from(unescape(before.split(' ').nth(4)?));
        Some((point, after.split(' ').next()?))
    });
    let (_, kind) =
        mounts.filter(|(point, _)| dir.starts_with(point)).max_by_key(|(point, _)| point.components().count())?;
    let network = match kind.strip_prefix("fuse.") {
        Some(name) => NETWORK_FUSE.contains(&name),
        None => NETWORK.contains(&kind),
    };
    network.then(|| kind.to_owned())
}

/// A mount point with its octal escapes (space, tab, line end, backslash) taken back.
fn unescape(point: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(point.to_owned(), |text, (escape, plain)| text.replace(escape, plain))
}

/// By the name of a folder on the way: "OneDrive", "OneDrive - Kapsalon", "Dropbox (Personal)", "GoogleDrive-jan@example.com".
fn synchronised_by_name(dir: &Path) -> Option<&'static str> {
    let names = dir.components().filter_map(|part| match part {
        Component::Normal(name) => name.to_str(),
        Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => None,
    });
    names.flat_map(|name| FOLDERS.iter().filter(move |(folder, _)| is_called(name, folder))).map(|(_, by)| *by).next()
}

fn is_called(name: &str, folder: &str) -> bool {
    // Everyday words, which may also be a person's: only as the program writes them.
    if folder.len() <= 4 {
        return name == folder;
    }
    let Some((start, rest)) = name.split_at_checked(folder.len()) else { return false };
    start.eq_ignore_ascii_case(folder)
        && (rest.is_empty() || [" - ", " (", "-"].iter().any(|mark| rest.starts_with(mark)))
}

/// By what a synchronising program keeps in the folder that it watches, or one above.
fn synchronised_by_marker(dir: &Path) -> Option<&'static str> {
    dir.ancestors().find_map(|above| {
        // In a home folder a folder of this name holds Dropbox's settings; in the watched folder it is a file.
        let dropbox = above.join(".dropbox").is_file().then_some("Dropbox");
        let names = || fs::read_dir(above).ok()?.take(10_000).find_map(|entry| marked_by(&entry.ok()?.file_name()));
        dropbox.or_else(names)
    })
}

fn marked_by(name: &OsStr) -> Option<&'static str> {
    let name = name.to_str()?;
    // Nextcloud and ownCloud keep a database there, with a hash in its name.
    let start = name.strip_prefix("._sync_").or_else(|| name.strip_prefix(".sync_"));
    let database = start.is_some_and(|rest| rest.ends_with(".db")).then_some("Nextcloud");
    database.or_else(|| MARKERS.iter().find(|(marker, _)| name == *marker).map(|(_, by)| *by))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
23 22 0:21 / /proc rw - proc proc rw
30 22 0:40 / /home/jan/NAS rw,relatime shared:1 - cifs //nas/jan rw
31 22 0:41 / /mnt/my\\040share rw - nfs4 nas:/x rw
32 22 0:42 / /home/jan/remote rw - fuse.sshfs jan@host: rw
33 22 0:43 / /home/jan/crypt rw - fuse.gocryptfs /x rw
34 31 0:44 / /mnt/my\\040share/local rw - ext4 /dev/vdb rw
35 22 0:45 / /srv rw - ext4 /dev/vdc rw
36 22 0:46 / /srv rw - nfs nas:/y rw
broken line
";

    #[test]
    fn network_mounts() {
        let kind = |path: &str| network_mount(MOUNTS, Path::new(path));
        for (path, expected) in [
            ("/home/jan/akkoord", None),
            ("/home/jan/NAS/akkoord", Some("cifs")),
            ("/home/jan/NAS", Some("cifs")),
            ("/home/jan/NAS2", None),
            ("/mnt/my share/akkoord", Some("nfs4")),
            ("/mnt/my share/local/akkoord", None),
            ("/home/jan/remote/a/b", Some("fuse.sshfs")),
            ("/home/jan/crypt", None),
            ("/srv/akkoord", Some("nfs")),
        ] {
            assert_eq!(kind(path).as_deref(), expected, "{path}");
        }
        assert_eq!(network_mount("", Path::new("/home")), None);
    }

    #[test]
    fn folder_names() {
        for (path, expected) in [
            ("/home/jan/Documents/akkoord", None),
            ("/home/jan/OneDrive/akkoord", Some("OneDrive")),
            ("/mnt/c/Users/jan/OneDrive - Kapsalon Jan/x", Some("OneDrive")),
            ("/home/jan/onedrive", Some("OneDrive")),
            ("/home/jan/Dropbox (Personal)/x", Some("Dropbox")),
            ("/Users/jan/Library/Mobile Documents/com~apple~CloudDocs/x", Some("iCloud Drive")),
            ("/Users/jan/Library/CloudStorage/GoogleDrive-jan@example.com/My Drive", Some("Google Drive")),
            ("/Users/jan/Library/CloudStorage/OneDrive-Personal", Some("OneDrive")),
            ("/home/jan/Nextcloud/x", Some("Nextcloud")),
            ("/home/jan/pCloudDrive/x", Some("pCloud")),
            ("/home/jan/Box/x", Some("Box")),
            ("/home/jan/Box-room/x", None),
            ("/home/jan/boxes/x", None),
            ("/home/jan/Dropboxes/x", None),
            ("/home/jan/megaphone", None),
            ("/home/mega/box/akkoord", None),
            ("/home/jan/MEGA/akkoord", Some("MEGA")),
        ] {
            assert_eq!(synchronised_by_name(Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn markers_on_the_way() {
        let dir = tempfile::tempdir().unwrap();
        let profile = dir.path().join("work/akkoord/not yet made");
        assert_eq!(warnings(&profile), []);
        fs::create_dir_all(dir.path().join("work/.stfolder")).unwrap();
        assert_eq!(warnings(&profile), [Place::Synchronised { by: "Syncthing" }]);
        for (name, by) in [
            (".sync_ab12.db", Some("Nextcloud")),
            ("._sync_ab12.db", Some("Nextcloud")),
            (".dropbox.cache", Some("Dropbox")),
            (".sync_notes.txt", None),
            (".dropbox-dist", None),
        ] {
            assert_eq!(marked_by(OsStr::new(name)), by, "{name}");
        }
    }

    #[test]
    fn a_home_with_dropbox_installed_is_not_synchronised() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join(".dropbox")).unwrap();
        assert_eq!(warnings(&home.path().join("akkoord")), []);
        fs::create_dir(home.path().join("elsewhere")).unwrap();
        fs::write(home.path().join("elsewhere/.dropbox"), "{}").unwrap();
        assert_eq!(warnings(&home.path().join("elsewhere/akkoord")), [Place::Synchronised { by: "Dropbox" }]);
    }

    #[test]
    #[cfg(unix)]
    fn follows_links_and_reads_their_names() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("OneDrive")).unwrap();
        fs::create_dir(dir.path().join("plain")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("OneDrive"), dir.path().join("link")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("plain"), dir.path().join("Dropbox")).unwrap();
        assert_eq!(warnings(&dir.path().join("link/akkoord")), [Place::Synchronised { by: "OneDrive" }]);
        assert_eq!(warnings(&dir.path().join("Dropbox/akkoord")), [Place::Synchronised { by: "Dropbox" }]);
    }
}
