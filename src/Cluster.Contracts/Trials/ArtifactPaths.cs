using System.Globalization;

namespace SearchCluster.Contracts.Trials;

/// <summary>Where files of a search lie in the artifact store: relative paths with '/' separators, made of safe names only.</summary>
public static class ArtifactPaths
{
    /// <summary>Folder of all searches.</summary>
    public const string Root = "searches";

    /// <summary>Folder of a search.</summary>
    /// <returns>For example <c>searches/digits</c>.</returns>
    public static string Search(SearchId search) => $"{Root}/{search}";

    /// <summary>The spec as its author wrote it.</summary>
    /// <returns>For example <c>searches/digits/spec.yaml</c>.</returns>
    public static string Spec(SearchId search) => $"{Search(search)}/spec.yaml";

    /// <summary>The builds of a user's workload that its trials were trained by, one a line.</summary>
    /// <returns>For example <c>searches/digits/workload.txt</c>.</returns>
    public static string WorkloadBuilds(SearchId search) => $"{Search(search)}/workload.txt";

    /// <summary>Folder of a trial.</summary>
    /// <returns>For example <c>searches/digits/trials/0017</c>.</returns>
    public static string Trial(SearchId search, TrialId trial) =>
        $"{Search(search)}/trials/{trial.Number.ToString("D4", CultureInfo.InvariantCulture)}";

    /// <summary>The trial's latest checkpoint.</summary>
    /// <returns>For example <c>searches/digits/trials/0017/checkpoint.scc</c>.</returns>
    public static string Checkpoint(SearchId search, TrialId trial) => $"{Trial(search, trial)}/checkpoint.scc";

    /// <summary>The trial's kept model.</summary>
    /// <returns>For example <c>searches/digits/trials/0017/model.scm</c>.</returns>
    public static string Model(SearchId search, TrialId trial) => $"{Trial(search, trial)}/model.scm";

    /// <summary>What the trial's kept model says of the validation part.</summary>
    /// <returns>For example <c>searches/digits/trials/0017/predictions.safetensors</c>.</returns>
    public static string Predictions(SearchId search, TrialId trial) => $"{Trial(search, trial)}/predictions.safetensors";

    /// <summary>Folder of the saved ensemble: its members' models and <c>ensemble.json</c>.</summary>
    /// <returns>For example <c>searches/digits/ensemble</c>.</returns>
    public static string Ensemble(SearchId search) => $"{Search(search)}/ensemble";
}
