using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.DifferentialEvolution;

/// <summary>The population of differential evolution: in each place the best of the trials that competed for it.</summary>
/// <remarks>
/// Trials compete for the places in turn, by their numbers; all repeats of a configuration for the same one. Of equal losses the lower
/// number wins, so who is where depends on what the finished trials reached, not on the order in which they finished.
/// </remarks>
/// <param name="encoding">The space.</param>
/// <param name="size">How many places there are.</param>
internal sealed class DifferentialPopulation(SpaceEncoding encoding, int size)
{
    private readonly Member?[] _members = new Member?[size];
    private readonly List<int> _taken = [];
    private bool _hasEarlier;
    private int _finished;

    /// <summary>How many trials of an earlier search competed.</summary>
    public int Earlier { get; private set; }

    /// <summary>The places that have a trial.</summary>
    public IReadOnlyList<int> Taken => _taken;

    /// <summary>Lets what was finished since the last call compete.</summary>
    /// <param name="view">The same search, at the same time or later.</param>
    public void Update(SearchView view)
    {
        if (!_hasEarlier)
        {
            _hasEarlier = true;
            foreach (var earlier in view.Earlier)
            {
                // The best come first, so the first of them are the population.
                Earlier += Compete(Earlier % _members.Length, Member.OfEarlierSearch, earlier.Values, earlier.Loss) ? 1 : 0;
            }
        }

        foreach (var (_, trial) in view.FinishedSince(_finished))
        {
            Compete(PlaceOf(view, trial.Id.Number), trial.Id.Number, trial.ResultValues, trial.Loss ?? double.PositiveInfinity);
        }

        // The view may leave trials out, which are counted all the same.
        _finished = view.FinishedCount;
    }

    /// <summary>Finds the place for which a trial competes.</summary>
    /// <param name="view">The search.</param>
    /// <param name="trial">The trial's number.</param>
    /// <returns>From 0.</returns>
    public int PlaceOf(SearchView view, int trial) => trial / (view.Spec.Repeats ?? 1) % _members.Length;

    /// <summary>Looks a place up.</summary>
    /// <param name="place">Its number.</param>
    /// <returns>Who has it; null when nobody does.</returns>
    public Member? At(int place) => _members[place];

    private bool Compete(int place, int trial, ParameterValues values, double loss)
    {
        var point = new double[encoding.Dimensions];
        if (!encoding.TryEncode(values, point))
        {
            return false;
        }

        var challenger = new Member(trial, point, loss);
        if (double.IsFinite(loss) && (_members[place] is not { } member || challenger.Beats(member)))
        {
            if (_members[place] is null)
            {
                _taken.Insert(~_taken.BinarySearch(place), place);
            }

            _members[place] = challenger;
        }

        return true;
    }

    /// <summary>A trial of the population.</summary>
    /// <param name="Trial">Its number; <see cref="OfEarlierSearch"/> for one of an earlier search.</param>
    /// <param name="Point">Where; NaN for inactive parameters.</param>
    /// <param name="Loss">What it reached.</param>
    internal sealed record Member(int Trial, double[] Point, double Loss)
    {
        /// <summary>Stands for the number that a trial of an earlier search does not have here.</summary>
        public const int OfEarlierSearch = -1;

        /// <summary>Compares losses, then numbers.</summary>
        /// <returns>True when this one takes the place of the other.</returns>
        public bool Beats(Member other) => Loss < other.Loss || (Loss == other.Loss && Trial < other.Trial);
    }
}
