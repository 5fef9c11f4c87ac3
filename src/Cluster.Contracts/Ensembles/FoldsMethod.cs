namespace SearchCluster.Contracts.Ensembles;

/// <summary>The best configuration is trained again on all but one fold, each in turn.</summary>
internal sealed class FoldsMethod : EnsembleMethod
{
    public override string Name => "folds";

    public override string Summary => "the best configuration trained again on all but one fold";

    public override bool TrainsApart => true;

    public override bool LearnsFromValidation => true;

    public override string Describe(EnsembleSpec ensemble) =>
        $"train the best configuration again on all but one of {ensemble.Members} folds, each in turn";
}
