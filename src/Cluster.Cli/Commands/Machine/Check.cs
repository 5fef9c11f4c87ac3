namespace SearchCluster.Cli.Commands.Machine;

/// <summary>What one check found.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Result">Whether it is well.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Help">The next step, or null.</param>
internal sealed record Check(string Name, CheckResult Result, string Detail, string? Help = null);

internal enum CheckResult
{
    /// <summary>Well.</summary>
    Ok,

    /// <summary>Searches run, but somebody should know.</summary>
    Note,

    /// <summary>Searches cannot run.</summary>
    Problem,
}
