using SearchCluster.Contracts.Ensembles;

namespace SearchCluster.Models.Ensembles.Methods;

/// <summary>Who makes the members, by the name of the method; a test holds it against <see cref="EnsembleMethods"/>.</summary>
internal static class MemberMakers
{
    private static readonly Dictionary<string, Func<EnsembleSetup, IMemberMaker>> Makers = new(StringComparer.Ordinal)
    {
        ["top-k"] = setup => new TopKMembers(setup),
        ["greedy"] = setup => new GreedyMembers(setup),
        ["bagging"] = setup => new BaggedMembers(setup),
        ["adaboost"] = setup => new BoostedMembers(setup),
        ["folds"] = setup => new FoldedMembers(setup),
    };

    public static IEnumerable<string> Names => Makers.Keys;

    public static IMemberMaker For(EnsembleSetup setup) => Makers[EnsembleMethods.Of(setup.Assignment.Ensemble).Name](setup);
}
