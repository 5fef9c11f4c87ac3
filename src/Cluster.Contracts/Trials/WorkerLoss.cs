namespace SearchCluster.Contracts.Trials;

/// <summary>How an attempt lost the process of its worker.</summary>
/// <param name="How">What is known of it, a sentence without its end.</param>
/// <param name="IsAlone">True when nothing else ran in that process, so that the loss is charged to the attempt; false when other attempts
/// did, or nobody knows.</param>
public sealed record WorkerLoss(string How, bool IsAlone);
