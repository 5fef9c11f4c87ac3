namespace SearchCluster.Contracts.Ensembles;

/// <summary>Members are chosen one after the other, with replacement, by the validation part.</summary>
internal sealed class GreedyMethod : EnsembleMethod
{
    // Of how many of the best trials it chooses where a spec does not say.
    private const int DefaultPool = 50;

    public override string Name => "greedy";

    public override string Summary => "a selection with replacement by the validation part";

    public override string Unit => "rounds";

    public override bool TakesModels => true;

    public override bool HasPool => true;

    public override int Candidates(EnsembleSpec ensemble)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        return ensemble.Pool ?? DefaultPool;
    }

    public override string Describe(EnsembleSpec ensemble) =>
        $"choose members greedily in {Counted.Of(ensemble.Members, "round")}, with replacement";
}
