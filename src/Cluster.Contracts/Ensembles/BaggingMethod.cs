namespace SearchCluster.Contracts.Ensembles;

/// <summary>The best configurations are trained again on bootstrap samples.</summary>
internal sealed class BaggingMethod : EnsembleMethod
{
    public override string Name => "bagging";

    public override string Summary => "the best configurations trained again on bootstrap samples";

    public override bool TrainsApart => true;

    public override string WithFewer(int trials) => "members share their configurations";

    public override string Describe(EnsembleSpec ensemble) =>
        $"train the best configurations again on {ensemble.Members} bootstrap samples";
}
