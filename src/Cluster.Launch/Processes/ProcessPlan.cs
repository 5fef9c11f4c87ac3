namespace SearchCluster.Launch.Processes;

/// <summary>What a process of a launch is for.</summary>
public enum ProcessRole
{
    /// <summary>Owns the searches.</summary>
    Coordinator,

    /// <summary>Trains.</summary>
    Worker,
}

/// <summary>A process to start, and to start again.</summary>
/// <param name="Name">Its name among those of the launch; a worker's is its worker name.</param>
/// <param name="Role">What it is for.</param>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">One text for each; no shell reads them.</param>
/// <param name="Environment">Variables to set; null removes one.</param>
/// <param name="Device">The device it uses, for people; null for none.</param>
/// <param name="FinalExitCodes">Exit codes that another start would end with again, of a process that was never ready in its life; null
/// for none.</param>
/// <param name="AlwaysFinalExitCodes">The same of one that was ready before; null for none.</param>
public sealed record ProcessPlan(
    string Name,
    ProcessRole Role,
    string FileName,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string?> Environment,
    string? Device = null,
    IReadOnlySet<int>? FinalExitCodes = null,
    IReadOnlySet<int>? AlwaysFinalExitCodes = null);
