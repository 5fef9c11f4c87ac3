#pragma warning disable CS1591 // Each code's description is its attribute, from which docs/errors.md and `searchcluster help` come.
namespace SearchCluster.Contracts.Errors;

/// <summary>Codes of what keeps a disk, a state folder or a journal from being used; commands end with exit code 12.</summary>
[ErrorFamily("Disk, state folder and journal")]
public static class StorageCodes
{
    [ErrorDescription(
        "A disk is full.", "Make room. Trials and searches that wait go on by themselves; commands that only read work meanwhile.")]
    public const string DiskFull = "SC5100";

    [ErrorDescription("Another process holds the journal's lock.", "Let that process end; a coordinator waits and goes on by itself.")]
    public const string Locked = "SC5101";

    [ErrorDescription(
        "A state folder, a journal or another file cannot be read or written by this user, or lies on a read-only file system.",
        "Give the right to the path that the message names.")]
    public const string NotWritable = "SC5102";

    [ErrorDescription(
        "The journal is damaged, empty, or not a journal.",
        "See what can be read: searchcluster journal check; or put it back from a copy.")]
    public const string Damaged = "SC5103";

    [ErrorDescription(
        "The state folder or its journal was deleted, moved or replaced.", "Put it back, or start anew with another state folder.")]
    public const string Gone = "SC5104";

    [ErrorDescription("The journal's database server cannot be reached.", "Check the network, the address, and that the server runs.")]
    public const string Unreachable = "SC5105";

    [ErrorDescription(
        "Another coordinator has taken over the journal in PostgreSQL, so this process writes nothing there any more.",
        "searchcluster status tells which one is active; one that was superseded ends, and may be started again to stand by.")]
    public const string Superseded = "SC5111";

    [ErrorDescription("The process has used up its file handles.", "Raise the limit, for example ulimit -n 1024, and start again.")]
    public const string TooManyFiles = "SC5106";

    [ErrorDescription("A device reports errors.", "Look at the system's log, and check the disk.")]
    public const string DeviceFailed = "SC5107";

    [ErrorDescription(
        "The journal of one search cannot be read to its end; all other searches go on.",
        "See searchcluster journal check; searchcluster journal salvage NAME keeps what comes before the damage.")]
    public const string SearchDamaged = "SC5108";

    [ErrorDescription(
        "A coordinator holds the state folder, but does not answer.",
        "Look at its log, or stop it; commands that only read show what its journal says.")]
    public const string CoordinatorSilent = "SC5109";

    [ErrorDescription(
        "A file has reached the largest size that this process, or the file system, allows.",
        "Raise the limit (ulimit -f unlimited), or write elsewhere.")]
    public const string FileTooLarge = "SC5110";

    [ErrorDescription(
        "Searches cannot be exported or imported: the file is not what journal export wrote, or a search is damaged.",
        "Do what the message says: export or copy the file again, or salvage the search.")]
    public const string Archive = "SC5120";

    [ErrorDescription(
        "The journal has a search of the name that is imported, with other events.",
        "Delete it first, or import into another state folder.")]
    public const string ArchiveConflict = "SC5121";
}
