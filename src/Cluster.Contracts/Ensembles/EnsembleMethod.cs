namespace SearchCluster.Contracts.Ensembles;

/// <summary>A way to make an ensemble, with everything that specs, searches, commands and reports need to know of it.</summary>
/// <remarks>The journal holds its name only (<see cref="EnsembleSpec.Type"/>). How members are made is in
/// Cluster.Models, under the same name.</remarks>
public abstract class EnsembleMethod
{
    /// <summary>Its name in specs.</summary>
    public abstract string Name { get; }

    /// <summary>What its members are, for people.</summary>
    public abstract string Summary { get; }

    /// <summary>What <see cref="EnsembleSpec.Members"/> counts.</summary>
    public virtual string Unit => "models";

    /// <summary>True when it chooses from a pool of trials (<see cref="EnsembleSpec.Pool"/>).</summary>
    public virtual bool HasPool => false;

    /// <summary>True when its members are models of trials as they were kept; else it trains its own.</summary>
    public virtual bool TakesModels => false;

    /// <summary>True when its members do not depend on each other and are trained as attempts of their own.</summary>
    public virtual bool TrainsApart => false;

    /// <summary>True when it needs one class for each row, and weighs votes.</summary>
    public virtual bool WeighsVotes => false;

    /// <summary>True when its members learn from the validation part too, so that nothing can be said of them there.</summary>
    public virtual bool LearnsFromValidation => false;

    /// <summary>What becomes of an ensemble that asks for more members than the search has trials, for people;
    /// null where that is no matter.</summary>
    /// <param name="trials">Finished trials with a saved model.</param>
    /// <returns>The end of a sentence.</returns>
    public virtual string? WithFewer(int trials) => null;

    /// <summary>How outputs are combined where a spec does not say.</summary>
    /// <param name="target">What the workload answers; null where that is not known.</param>
    public EnsembleCombination DefaultCombination(TargetKind? target) =>
        WeighsVotes ? EnsembleCombination.Vote
        : target == TargetKind.Numbers ? EnsembleCombination.Mean
        : EnsembleCombination.MeanProbability;

    /// <summary>How many of the best trials it looks at.</summary>
    /// <param name="ensemble">What is asked for.</param>
    /// <returns>At least 2.</returns>
    public virtual int Candidates(EnsembleSpec ensemble)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        return ensemble.Members;
    }

    /// <summary>Says what it does, as a step of a search.</summary>
    /// <param name="ensemble">What is asked for.</param>
    /// <returns>A phrase in the imperative.</returns>
    public abstract string Describe(EnsembleSpec ensemble);
}
