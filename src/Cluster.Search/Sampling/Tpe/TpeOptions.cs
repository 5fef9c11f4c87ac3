using SearchCluster.Contracts.Algorithms;

namespace SearchCluster.Search.Sampling.Tpe;

/// <summary>Options of the tree-structured Parzen estimator.</summary>
/// <param name="IsMultivariate">Whether one density covers all parameters; else each parameter has its own.</param>
/// <param name="Startup">Trials of the start-up design, observations of an earlier search included.</param>
/// <param name="Candidates">Most draws of the good density among which the best ratio wins.</param>
/// <param name="GoodShare">Share of the trials that counts as good, γ in the papers; from 0 to 1.</param>
/// <param name="MaximumGood">Most good trials.</param>
/// <param name="Explore">Share of the suggestions that explore: an item of a categorical parameter drawn evenly, else a single draw of the good density.</param>
/// <param name="PriorWeight">Weight of the prior, in good trials.</param>
internal sealed record TpeOptions(bool IsMultivariate, int Startup, int Candidates, double GoodShare, int MaximumGood, double Explore, double PriorWeight)
{
    /// <summary>Reads the options of a specification.</summary>
    public static TpeOptions Of(AlgorithmDescriptor descriptor, ParameterValues given)
    {
        var options = new OptionValues(descriptor, given);
        return new(
            options.Flag("multivariate")!.Value,
            options.Integer("startup")!.Value,
            options.Integer("candidates")!.Value,
            options.Real("gamma")!.Value,
            options.Integer("maximumGood")!.Value,
            options.Real("explore")!.Value,
            options.Real("priorWeight")!.Value);
    }
}
