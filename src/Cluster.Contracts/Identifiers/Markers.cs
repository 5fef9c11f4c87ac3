namespace SearchCluster.Contracts.Identifiers;

/// <summary>Marks every message, event and reply that belongs to one search; all of them have a permanent manifest.</summary>
public interface IWithSearchId
{
    /// <summary>The search.</summary>
    SearchId SearchId { get; }
}

/// <summary>Marks every message that belongs to one worker; all of them have a permanent manifest.</summary>
public interface IWithWorkerId
{
    /// <summary>The worker.</summary>
    WorkerId WorkerId { get; }
}
