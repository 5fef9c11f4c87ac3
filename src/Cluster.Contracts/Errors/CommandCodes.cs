#pragma warning disable CS1591 // Each code's description is its attribute, from which docs/errors.md and `searchcluster help` come.
namespace SearchCluster.Contracts.Errors;

/// <summary>Codes of refusals by the command line.</summary>
[ErrorFamily("Command line")]
public static class CommandCodes
{
    [ErrorDescription("An unexpected failure: a bug.", "Report it with the crash report that the message names; it holds no secrets.")]
    public const string Unexpected = "SC0001";

    [ErrorDescription("The command line is not one that the command takes.", "See the command's --help.")]
    public const string WrongUsage = "SC0002";

    [ErrorDescription(
        "A search of this name exists with another spec.",
        "Take another --name, or continue the one that exists: searchcluster resume NAME.")]
    public const string OtherSpec = "SC2001";

    [ErrorDescription(
        "Another coordinator owns this state folder.", "Give the search to it (searchcluster submit), or use another --state.")]
    public const string StateInUse = "SC2002";

    [ErrorDescription("The search has no trial with a usable result yet.", "See searchcluster status NAME.")]
    public const string NoResultYet = "SC2003";

    [ErrorDescription("The search has no such trial.", "See searchcluster trials NAME.")]
    public const string NoSuchTrial = "SC2004";

    [ErrorDescription("Too few trials for this analysis.", "Let the search go on, or extend it as the message says.")]
    public const string TooFewTrials = "SC2005";

    [ErrorDescription("No workload has this name.", "See searchcluster workloads; those of your own come with --workloads DLL.")]
    public const string NoSuchWorkload = "SC2006";

    [ErrorDescription(
        "There is no saved model of this name, search or trial, or its file is gone.",
        "Do what the message says: put the file back, take another trial, or train again.")]
    public const string NoModel = "SC2007";

    [ErrorDescription(
        "No device or worker can run this search.", "Start a worker with the device that the spec asks for, or change compute.")]
    public const string NoSuitableWorker = "SC2010";

    [ErrorDescription("A process did not start.", "Do what the message says; searchcluster doctor tells more.")]
    public const string NotStarted = "SC2011";

    [ErrorDescription("The native library libtorch cannot be loaded.", "See searchcluster doctor.")]
    public const string NoTorch = "SC2012";

    [ErrorDescription("The coordinator refused a worker.", "Do what its reason says.")]
    public const string WorkerRefused = "SC2013";

    [ErrorDescription(
        "A trial, or a command that uses a model, hangs: it was to end and its workload did not, so its process ends.",
        "Let the workload look at its cancellation token; a worker or run that is started again goes on without this trial.")]
    public const string WorkloadHangs = "SC5200";

    [ErrorDescription(
        "A trial held more memory than resources.perTrial.memory allows; it is not tried again.",
        "Search smaller batches or networks, or raise the limit.")]
    public const string TrialMemory = "SC5201";

    [ErrorDescription(
        "A limit of memory cannot be held exactly, or not at all, on this worker.",
        "The message says why: run fewer trials in one process, give the other searches a limit too, or name workers of their own by "
            + "resources.labels.")]
    public const string MemoryNotHeld = "SC5202";

    [ErrorDescription("No process of this name has left a log.", "See searchcluster nodes and searchcluster logs.")]
    public const string NoSuchProcess = "SC2014";

    [ErrorDescription("The output exists already.", "Give another name, or allow to overwrite where the command can.")]
    public const string OutputExists = "SC2020";

    [ErrorDescription("The output cannot be written.", "Check the folder, its permissions and its free space.")]
    public const string OutputUnwritable = "SC2021";

    [ErrorDescription("Something would be removed for good, and nobody agreed to it.", "Answer y, or say --yes on the command line.")]
    public const string NotConfirmed = "SC4200";

    [ErrorDescription(
        "A file holds no parameters to try.",
        "Give a file that searchcluster best NAME -o FILE wrote, or a JSON object of names and values.")]
    public const string NoParameters = "SC4201";
}
