using SearchCluster.Contracts.Ensembles;

namespace SearchCluster.Models.Ensembles.Methods;

/// <summary>Who makes the members, by the name of the method; a test holds it against <see cref="EnsembleMethods"/>.</summary>
internal static class MemberMakers
{
    private static readonly Dictionary<string, Func<EnsembleSetup, IMemberMaker>> Makers = new(StringComparer.Ordinal)
    {
        [EnsembleMethods.TopK.Name] = setup => new TopKMembers(setup),
        [EnsembleMethods.Greedy.Name] = setup => new GreedyMembers(setup),
        [EnsembleMethods.Bagging.Name] = setup => new BaggedMembers(setup),
        [EnsembleMethods.AdaBoost.Name] = setup => new BoostedMembers(setup),
        [EnsembleMethods.Folds.Name] = setup => new FoldedMembers(setup),
    };

    public static IEnumerable<string> Names => Makers.Keys;

    public static IMemberMaker For(EnsembleSetup setup) => Makers[EnsembleMethods.Of(setup.Assignment.Ensemble).Name](setup);
}
