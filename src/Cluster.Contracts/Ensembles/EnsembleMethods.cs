using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Ensembles;

/// <summary>The ways to make an ensemble, by name.</summary>
public static class EnsembleMethods
{
    /// <summary>Stands for no ensemble in a spec.</summary>
    public const string None = "none";

    /// <summary>All of them, in the order of the documentation.</summary>
    public static ValueArray<EnsembleMethod> All { get; } = [
        new TopKMethod(),
        new GreedyMethod(),
        new BaggingMethod(),
        new AdaBoostMethod(),
        new FoldsMethod(),
    ];

    /// <summary>Finds a method.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The method; null for <see cref="None"/>, and for one of a later release.</returns>
    public static EnsembleMethod? Find(string name) => All.FirstOrDefault(method => method.Name == name);

    /// <summary>The method of an ensemble.</summary>
    /// <param name="ensemble">What is asked for.</param>
    /// <returns>The method.</returns>
    /// <exception cref="ConfigurationException">This release does not know it.</exception>
    public static EnsembleMethod Of(EnsembleSpec ensemble)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        return Find(ensemble.Type)
            ?? throw new ConfigurationException(
                $"Ensembles of type '{ensemble.Type}' are not known to this release; run the same version everywhere.");
    }
}
