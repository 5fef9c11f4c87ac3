using System.Globalization;

namespace SearchCluster.Contracts.Ensembles;

/// <summary>The best trials vote.</summary>
internal sealed class TopKMethod : EnsembleMethod
{
    public override string Name => "top-k";

    public override string Summary => "the best trials";

    public override string Unit => "trials";

    public override bool TakesModels => true;

    public override string WithFewer(int trials) => string.Create(CultureInfo.InvariantCulture, $"the ensemble has {trials}");

    public override string Describe(EnsembleSpec ensemble) => $"let the best {ensemble.Members} vote";
}
