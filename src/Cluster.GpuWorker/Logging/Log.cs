using Microsoft.Extensions.Logging;

namespace SearchCluster.GpuWorker.Logging;

/// <summary>Everything the worker writes to the log outside its actors.</summary>
internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Error, "{Lease}: its outcome could not be written to {Path} and is kept in memory only; free some space on that disk")]
    public static partial void OutboxNotWritten(ILogger logger, Exception failure, LeaseKey lease, string path);

    [LoggerMessage(2, LogLevel.Warning, "{Path} could not be shortened; acknowledged outcomes in it are sent again after the next start")]
    public static partial void OutboxNotShortened(ILogger logger, Exception failure, string path);

    [LoggerMessage(3, LogLevel.Information, "{Worker}: {Count} of an earlier process to be sent again")]
    public static partial void OutcomesRestored(ILogger logger, WorkerId worker, string count);

    // People read the sentence on the console; the stack is a property of the line in the file.
#pragma warning disable SYSLIB1015 // Argument is not referenced from the message: on purpose, see above.
    [LoggerMessage(4, LogLevel.Warning, "{Lease} failed: {Failure}")]
    public static partial void AttemptFailed(ILogger logger, LeaseKey lease, string failure, string? detail);
#pragma warning restore SYSLIB1015

    [LoggerMessage(5, LogLevel.Information, "{Lease} started")]
    public static partial void AttemptStarted(ILogger logger, LeaseKey lease);

    [LoggerMessage(6, LogLevel.Information, "{Lease} ended: {Outcome}")]
    public static partial void AttemptEnded(ILogger logger, LeaseKey lease, string outcome);

    [LoggerMessage(7, LogLevel.Debug, "{Lease}: a measurement of an attempt that is over was dropped")]
    public static partial void LateMeasurement(ILogger logger, LeaseKey lease);

    [LoggerMessage(8, LogLevel.Information, "Worker {Worker}, {Slots}. {Note}")]
    public static partial void WorkerStarts(ILogger logger, WorkerId worker, string slots, string note);

    [LoggerMessage(9, LogLevel.Critical, "The coordinator refuses this worker: {Reason}")]
    public static partial void WorkerRefused(ILogger logger, string reason);

    [LoggerMessage(10, LogLevel.Information, "Connects to the coordinator at {Address}")]
    public static partial void Connecting(ILogger logger, string address);

    [LoggerMessage(11, LogLevel.Information, "Connected to the coordinator at {Address}")]
    public static partial void Connected(ILogger logger, string address);

    [LoggerMessage(12, LogLevel.Warning, "The connection to {Address} is built anew: {Reason}; {Trials}")]
    public static partial void ConnectionLost(ILogger logger, string address, string reason, string trials);

    [LoggerMessage(13, LogLevel.Warning, "No coordinator address in {Path} yet; waits for one")]
    public static partial void NoCoordinatorAddress(ILogger logger, string path);

    [LoggerMessage(14, LogLevel.Warning, "The coordinator's address cannot be read: {Reason}")]
    public static partial void CoordinatorAddressUnreadable(ILogger logger, string reason);

    [LoggerMessage(15, LogLevel.Warning, "The connection to {Address} could not be started; the lines before say why")]
    public static partial void ConnectionFailed(ILogger logger, string address);

    [LoggerMessage(17, LogLevel.Warning, "{Lease}: {Warning}")]
    public static partial void AttemptWarned(ILogger logger, LeaseKey lease, string warning);

    [LoggerMessage(18, LogLevel.Error, "{Lease} hangs: {Reason}; the process ends")]
    public static partial void AttemptHangs(ILogger logger, LeaseKey lease, string reason);

    [LoggerMessage(19, LogLevel.Warning, "{Problem}")]
    public static partial void KeyDoesNotFit(ILogger logger, string problem);

    [LoggerMessage(24, LogLevel.Information, "Checkpoints and models go over HTTP to {Address}: they do not lie in {Folder}")]
    public static partial void ArtifactsOverHttp(ILogger logger, string address, string folder);

    [LoggerMessage(25, LogLevel.Warning, "No work is taken yet, because artifacts are out of reach: {Reason}")]
    public static partial void ArtifactsOutOfReach(ILogger logger, string reason);

    [LoggerMessage(16, LogLevel.Warning, "The old connection did not end within {Limit}; it is left behind")]
    public static partial void ConnectionLeftBehind(ILogger logger, string limit);

    [LoggerMessage(21, LogLevel.Warning, "{Lease}: {Failure}")]
    public static partial void AttemptOverMemory(ILogger logger, LeaseKey lease, string failure);

    [LoggerMessage(22, LogLevel.Warning, "{Lease} was to end and waits; the programs that it started are ended")]
    public static partial void ProgramsEnded(ILogger logger, LeaseKey lease);

    [LoggerMessage(23, LogLevel.Warning, "Whether this worker takes work is forgotten at a restart: {Path} cannot be written: {Reason}")]
    public static partial void DrainNotKept(ILogger logger, string path, string reason);

    [LoggerMessage(
        24,
        LogLevel.Warning,
        "Its next process will not know that this one ends in order, so trials may be charged for it: {Path} cannot be kept: {Reason}")]
    public static partial void ExitsNotKept(ILogger logger, string path, string reason);

    [LoggerMessage(26, LogLevel.Information, "Data set {Data} comes from the coordinator: {Files}, {Size}")]
    public static partial void FetchingData(ILogger logger, string data, string files, string size);

    [LoggerMessage(27, LogLevel.Information, "Data set {Data} is here: {Size} in {Elapsed}")]
    public static partial void DataFetched(ILogger logger, string data, string size, string elapsed);

    [LoggerMessage(28, LogLevel.Information, "Data set {Data} ({Size}) was removed from {Folder}: another one needs the room")]
    public static partial void DataRemoved(ILogger logger, string data, string size, string folder);
}
