using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Ensembles;

/// <summary>The ways to make an ensemble, by name.</summary>
public static class EnsembleMethods
{
    /// <summary>Stands for no ensemble in a spec.</summary>
    public const string None = "none";

    /// <summary>The best trials.</summary>
    public static EnsembleMethod TopK { get; } = new TopKMethod();

    /// <summary>Trials that are better together.</summary>
    public static EnsembleMethod Greedy { get; } = new GreedyMethod();

    /// <summary>Networks trained on samples of the rows.</summary>
    public static EnsembleMethod Bagging { get; } = new BaggingMethod();

    /// <summary>Networks of which each learns what those before it had wrong.</summary>
    public static EnsembleMethod AdaBoost { get; } = new AdaBoostMethod();

    /// <summary>Networks trained on all rows but a part.</summary>
    public static EnsembleMethod Folds { get; } = new FoldsMethod();

    /// <summary>All of them, in the order of the documentation.</summary>
    public static ValueArray<EnsembleMethod> All { get; } = [TopK, Greedy, Bagging, AdaBoost, Folds];

    /// <summary>Finds a method.</summary>
    /// <returns>The method; null for <see cref="None"/>, and for one of a later release.</returns>
    public static EnsembleMethod? Find(string name) => All.FirstOrDefault(method => method.Name == name);

    /// <summary>The method of an ensemble.</summary>
    /// <param name="ensemble">What is asked for.</param>
    /// <exception cref="ConfigurationException">This release does not know it.</exception>
    public static EnsembleMethod Of(EnsembleSpec ensemble)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        return Find(ensemble.Type)
            ?? throw new ConfigurationException(
                $"Ensembles of type '{ensemble.Type}' are not known to this release; run the same version everywhere.");
    }
}
