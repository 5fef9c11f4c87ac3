namespace SearchCluster.Contracts.Ensembles;

/// <summary>The best configuration is trained again and again on the rows that were wrong.</summary>
internal sealed class AdaBoostMethod : EnsembleMethod
{
    public override string Name => "adaboost";

    public override string Summary => "the best configuration trained again on the rows that were wrong";

    public override bool WeighsVotes => true;

    public override string Describe(EnsembleSpec ensemble) =>
        $"train the best configuration again up to {Counted.Of(ensemble.Members, "time")}, each time on the rows that were wrong";
}
