using SearchCluster.Contracts.Configuration;
using static SearchCluster.Contracts.Workloads.HyperparameterGroups;

namespace SearchCluster.Contracts.Workloads;

/// <summary>Describes a network by the class of its options and what it answers; losses, scores and everything
/// about training come along.</summary>
public static class NetworkDescriptor
{
    /// <summary>Describes a network.</summary>
    /// <typeparam name="TOptions">Its options; see <see cref="SearchConfiguration{T}"/>.</typeparam>
    /// <param name="name">Name in specs.</param>
    /// <param name="description">One sentence for people.</param>
    /// <param name="target">What it answers.</param>
    /// <param name="encoderParameters">See <see cref="WorkloadDescriptor.EncoderParameters"/>.</param>
    public static WorkloadDescriptor Of<TOptions>(
        string name, string description, TargetKind target, ValueArray<string>? encoderParameters = null)
        where TOptions : class, new() => new(
            name,
            description,
            NeedsData: true,
            [.. SearchConfiguration<TOptions>.Descriptors, .. LossOf(target), .. Training],
            Metrics(ScoresOf(target)),
            SupportsEnsemble: true,
            Target: target,
            EncoderParameters: encoderParameters);

    /// <summary>Describes an autoencoder, which answers its input whatever the data ask for.</summary>
    /// <typeparam name="TOptions">Its options.</typeparam>
    /// <param name="name">Name in specs.</param>
    /// <param name="description">One sentence for people.</param>
    /// <param name="scores">What is measured beside the loss.</param>
    public static WorkloadDescriptor OfAutoencoder<TOptions>(string name, string description, params ReadOnlySpan<string> scores)
        where TOptions : class, new() => new(
            name,
            description,
            NeedsData: true,
            [.. SearchConfiguration<TOptions>.Descriptors, .. Regression, .. Training],
            Metrics([.. scores]),
            IgnoresAnswer: true);

    private static ValueArray<HyperparameterDescriptor> LossOf(TargetKind target) => target switch
    {
        TargetKind.Numbers => Regression,
        TargetKind.Mask => PixelClassification,
        _ => Classification,
    };

    private static string[] ScoresOf(TargetKind target) => target switch
    {
        TargetKind.Numbers => ["mse", "mae", "r2", "score"],
        TargetKind.Mask => ["accuracy", "iou", "f1"],
        _ => ["accuracy", "top2", "top5", "precision", "recall", "f1"],
    };

    private static ValueArray<string> Metrics(string[] scores)
    {
        IEnumerable<string> Of(string part) => scores.Select(score => $"{part}/{score}").Prepend($"{part}/loss");
        return ["train/loss", .. Of("val"), .. Of("test")];
    }
}
