using SearchCluster.Search.Analysis.Pareto;
using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.Nsga2;

/// <summary>The parents of NSGA-II: a function of the order in which trials finished.</summary>
/// <param name="encoding">The space.</param>
/// <param name="size">How many survive, and how many results complete a generation.</param>
internal sealed class Nsga2Population(SpaceEncoding encoding, int size)
{
    private readonly List<Member> _results = [];
    private int _finished;
    private int _generationResults;
    private bool _hasEarlier;

    /// <summary>The parents, best first; empty before the first generation with a usable result.</summary>
    public IReadOnlyList<Member> Parents { get; private set; } = [];

    /// <summary>How many generations are complete.</summary>
    public int Generations { get; private set; }

    /// <summary>How many trials of an earlier search are among the results.</summary>
    public int Earlier { get; private set; }

    /// <summary>Adds what was finished since the last call.</summary>
    /// <param name="view">The same search, at the same time or later.</param>
    public void Update(SearchView view)
    {
        var objectives = view.Spec.Objectives ?? [view.Spec.Objective];
        if (!_hasEarlier)
        {
            _hasEarlier = true;
            AddEarlier(view, objectives);
        }

        foreach (var (finished, trial) in view.FinishedSince(_finished))
        {
            _finished = finished;
            Add(trial.ResultValues, trial.Losses(objectives));
        }
    }

    // An earlier search tells one objective value, which is of no use to a search with several.
    private void AddEarlier(SearchView view, ValueArray<ObjectiveSpec> objectives)
    {
        foreach (var earlier in objectives.Count == 1 ? view.Earlier : [])
        {
            Earlier += Add(earlier.Values, [earlier.Loss]) ? 1 : 0;
        }
    }

    private bool Add(ParameterValues values, double[]? losses)
    {
        var point = new double[encoding.Dimensions];
        if (!encoding.TryEncode(values, point))
        {
            return false;
        }

        if (losses is not null)
        {
            _results.Add(new Member(point, losses, 0, 0));
        }

        if (++_generationResults == size)
        {
            Generations++;
            _generationResults = 0;
            Parents = Select([.. Parents, .. _results]);
            _results.Clear();
        }

        return true;
    }

    private List<Member> Select(List<Member> members)
    {
        var ranks = NonDominatedSorting.Ranks([.. members.Select(member => member.Losses)]);
        var survivors = new List<Member>();
        foreach (var front in members.Zip(ranks).GroupBy(pair => pair.Second).OrderBy(group => group.Key))
        {
            var ofFront = front.Select(pair => pair.First).ToList();
            var crowding = NonDominatedSorting.Crowding([.. ofFront.Select(member => member.Losses)]);
            survivors.AddRange(ofFront.Zip(crowding)
                .OrderByDescending(pair => pair.Second)
                .Take(size - survivors.Count)
                .Select(pair => pair.First with { Front = front.Key, Crowding = pair.Second }));
            if (survivors.Count == size)
            {
                break;
            }
        }

        return survivors;
    }

    /// <summary>A finished trial.</summary>
    /// <param name="Point">Where; NaN for inactive parameters.</param>
    /// <param name="Losses">What it achieved.</param>
    /// <param name="Front">Number of its front, 0 for the best.</param>
    /// <param name="Crowding">Its crowding distance.</param>
    internal sealed record Member(double[] Point, double[] Losses, int Front, double Crowding)
    {
        /// <summary>The crowded comparison: a better front, or the same one and more alone.</summary>
        /// <returns>True when this one wins a tournament.</returns>
        public bool Beats(Member other) => Front < other.Front || (Front == other.Front && Crowding > other.Crowding);
    }
}
