using SearchCluster.Contracts.Api;

namespace SearchCluster.Search.State.Ranks;

/// <summary>The results of one configuration. Those that miss folds are means over other rows, and count where no other is.</summary>
/// <param name="repeats">Evaluations that its search asks for.</param>
public sealed class Evaluations(int repeats)
{
    private (double Sum, int Count) _complete;
    private (double Sum, int Count) _partial;

    /// <summary>The mean; null without a result.</summary>
    public ConfigurationMean? Mean => (_complete, _partial) switch
    {
        ({ Count: > 0 } all, _) => new(all.Sum / all.Count, all.Count, repeats),
        (_, { Count: > 0 } some) => new(some.Sum / some.Count, some.Count, repeats),
        _ => null,
    };

    /// <summary>Adds a result.</summary>
    /// <param name="objective">The objective, finite.</param>
    /// <param name="isPartial">True when the trial misses folds.</param>
    public void Add(double objective, bool isPartial)
    {
        if (isPartial)
        {
            _partial = (_partial.Sum + objective, _partial.Count + 1);
        }
        else
        {
            _complete = (_complete.Sum + objective, _complete.Count + 1);
        }
    }

    /// <summary>Tells whether a result is part of the mean.</summary>
    /// <param name="isPartial">True when its trial misses folds.</param>
    public bool Counts(bool isPartial) => isPartial == (_complete.Count == 0);
}
