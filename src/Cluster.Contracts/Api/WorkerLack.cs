namespace SearchCluster.Contracts.Api;

/// <summary>A worker that does not have the data of a search.</summary>
/// <param name="WorkerId">Name of the worker, which all its processes share.</param>
/// <param name="Message">What it misses, with a code.</param>
/// <param name="At">When it told so last.</param>
public sealed record WorkerLack(WorkerId WorkerId, string Message, DateTimeOffset At);
