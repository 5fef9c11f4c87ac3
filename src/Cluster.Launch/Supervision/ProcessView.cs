using SearchCluster.Launch.Processes;

namespace SearchCluster.Launch.Supervision;

/// <summary>A process of a launch as others see it.</summary>
public sealed record ProcessView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required ProcessRole Role { get; init; }

    /// <summary>Its device, for people; null for none.</summary>
    public string? Device { get; init; }

    /// <summary>Where it stands.</summary>
    public required ProcessPhase Phase { get; init; }

    /// <summary>Number of its process; null while none runs.</summary>
    public int? Pid { get; init; }

    /// <summary>Since when it stands there.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How often it was started again.</summary>
    public int Restarts { get; init; }

    /// <summary>How the process before ended, as the end of a sentence; null before the first end.</summary>
    public string? LastEnd { get; init; }
}
