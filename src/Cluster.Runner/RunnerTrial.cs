using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Runner;

/// <summary>One trial, as the function sees it.</summary>
public sealed class RunnerTrial
{
    private readonly RunnerAttempt _attempt;
    private readonly SearchSpace _space;

    internal RunnerTrial(RunnerAttempt attempt, TrialAssignment assignment, SearchSpace space)
    {
        (_attempt, _space) = (attempt, space);
        (Number, Values, Seed) = (assignment.Lease.Item.TrialId!.Value.Number, assignment.Values, assignment.Seed);
    }

    /// <summary>Its number, from 0.</summary>
    public int Number { get; }

    /// <summary>Its configuration; parameters that are not active are absent.</summary>
    public ParameterValues Values { get; }

    /// <summary>A seed of its own, from the seed of the run and its number.</summary>
    public ulong Seed { get; }

    /// <summary>Reads a number, real or whole.</summary>
    /// <param name="name">The parameter.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="ArgumentException">It is not active, not in the space, or no number.</exception>
    public double Real(string name) => Find(name).TryGetNumber(out var number) ? number : throw OtherKind(name, "a number");

    /// <summary>Reads a whole number.</summary>
    /// <param name="name">The parameter.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="ArgumentException">It is not active, not in the space, or no whole number.</exception>
    /// <exception cref="OverflowException">It has more than 32 bits; read <see cref="Values"/>.</exception>
    public int Integer(string name) =>
        Find(name).TryGetInteger(out var number) ? checked((int)number) : throw OtherKind(name, "a whole number");

    /// <summary>Reads a text.</summary>
    /// <param name="name">The parameter.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="ArgumentException">It is not active, not in the space, or no text.</exception>
    public string Text(string name) => Find(name).TryGetText(out var text) ? text : throw OtherKind(name, "a text");

    /// <summary>Reads a truth value.</summary>
    /// <param name="name">The parameter.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="ArgumentException">It is not active, not in the space, or no truth value.</exception>
    public bool Flag(string name) => Find(name).TryGetBoolean(out var flag) ? flag : throw OtherKind(name, "true or false");

    /// <summary>Tells whether the value of a parameter is the item <c>null</c>.</summary>
    /// <param name="name">The parameter.</param>
    /// <returns>True when its value is the absence of one.</returns>
    /// <exception cref="ArgumentException">It is not active, or not in the space.</exception>
    public bool IsNone(string name) => Find(name).Kind == ParameterValueKind.None;

    /// <summary>Reads an item that is a list.</summary>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">It is not active, not in the space, or no list.</exception>
    public IReadOnlyList<ParameterValue> List(string name) =>
        Find(name).TryGetList(out var values) ? values : throw OtherKind(name, "a list");

    /// <summary>Tells whether a parameter is active here.</summary>
    /// <param name="name">The parameter.</param>
    /// <returns>True when it has a value.</returns>
    public bool Has(string name) => Values.TryGet(name, out _);

    /// <summary>Makes a configuration of the values; properties that are not active keep their defaults.</summary>
    /// <typeparam name="T">The configuration.</typeparam>
    /// <returns>The instance.</returns>
    public T Read<T>()
        where T : class, new() => SearchConfiguration<T>.Read(Values);

    /// <summary>Reports the value after a step (an epoch, a fold), so that the scheduler can compare trials while they run.</summary>
    /// <param name="step">
    /// From 0 or 1, higher than the step reported before; one that is not is ignored, with a warning. The resource in which schedulers
    /// count: of a trial whose first step is 0, step 0 is their first.
    /// </param>
    /// <param name="value">The value of the objective so far; may be non-finite.</param>
    /// <returns>
    /// Completes when the trial may go on: at once, or, where a scheduler pauses trials (<c>variant: promotion</c>), when it is promoted.
    /// Until then the trial takes no place among those that run at once, but its memory stays.
    /// </returns>
    /// <exception cref="TrialEndedException">The trial is not to go on.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public Task ReportAsync(int step, double value) => _attempt.ReportAsync(step, value);

    private ParameterValue Find(string name) => Values.TryGet(name, out var value)
        ? value
        : throw new ArgumentException(
            _space.Parameters.Any(parameter => parameter.Name == name)
                ? $"Parameter \"{name}\" is not active in trial {Number}, whose values are {Values}; ask Has first."
                : $"The space has no parameter \"{name}\"; it has "
                    + $"{string.Join(", ", _space.Parameters.Select(parameter => parameter.Name))}.",
            nameof(name));

    private ArgumentException OtherKind(string name, string kind) =>
        new($"Parameter \"{name}\" is {Find(name)}, which is not {kind}.", nameof(name));
}
