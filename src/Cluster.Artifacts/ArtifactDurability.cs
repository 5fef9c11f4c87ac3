namespace SearchCluster.Artifacts;

/// <summary>What a written artifact survives.</summary>
public enum ArtifactDurability
{
    /// <summary>The death of any process, not of the machine: no disk flush. For what can be computed again.</summary>
    ProcessDeath,

    /// <summary>A power loss too: flushed to the disk before it gets its name.</summary>
    PowerLoss,
}
