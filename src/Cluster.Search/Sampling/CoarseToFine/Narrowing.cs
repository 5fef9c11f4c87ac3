using System.Globalization;
using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.CoarseToFine;

/// <summary>Finds the part of a space in which the best trials lie.</summary>
/// <remarks>
/// The best share <see cref="StageSpec.Top"/> of the stage before, at least <see cref="FewestTrials"/> trials, decides: a range of numbers
/// (or ordered items) shrinks to their values, widened on both sides by <see cref="StageSpec.Margin"/> of their extent on the parameter's
/// scale and to no less than <see cref="SmallestShare"/> of the range before; a list keeps the items that occur. A parameter that is active
/// in fewer than two of them stays as it is.
/// </remarks>
internal static class Narrowing
{
    /// <summary>Fewer trials than this say nothing about a range.</summary>
    public const int FewestTrials = 3;

    /// <summary>One stage shrinks a range at most to this share, so that a lucky cluster does not end the search.</summary>
    public const double SmallestShare = 0.1;

    /// <summary>Narrows a space.</summary>
    /// <param name="view">The search so far.</param>
    /// <param name="space">The space of the stage before.</param>
    /// <param name="stage">The stage that begins.</param>
    /// <param name="number">Number of the stage, from 1 (the second).</param>
    /// <param name="first">Its first trial.</param>
    /// <param name="fractionBefore">Share of the data that the stage before used; null for all.</param>
    /// <returns>The narrowing; the same space when too few trials have a result.</returns>
    public static SpaceNarrowing Of(SearchView view, SearchSpace space, StageSpec stage, int number, TrialId first, double? fractionBefore)
    {
        var usable = view.Ranked.Where(trial => trial.DataFraction == fractionBefore && space.Contains(trial.ResultValues)).ToArray();
        if (usable.Length < FewestTrials)
        {
            return new(
                number,
                first,
                space,
                stage.DataFraction,
                Text($"Only {Counted.Of(usable.Length, "trial")} had a result, so the space stays as it was."));
        }

        var best = usable.Take(Math.Max(FewestTrials, (int)Math.Ceiling(stage.Top * usable.Length))).ToArray();
        var parameters = space.Parameters.Select(parameter => Narrow(parameter, best, stage.Margin)).ToArray();
        var changes = space.Parameters
            .Zip(parameters)
            .Where(pair => pair.First.Domain != pair.Second.Domain)
            .Select(pair => $"{pair.First.Name} {Range(pair.Second.Domain)}")
            .ToArray();
        var what = changes.Length == 0 ? "no range changes" : string.Join(", ", changes);
        return new(
            number,
            first,
            space with { Parameters = [.. parameters] },
            stage.DataFraction,
            Text($"By the best {best.Length} of {usable.Length} trials: {what}."));
    }

    private static ParameterSpec Narrow(ParameterSpec parameter, ObservedTrial[] best, double margin)
    {
        var axis = Axis.Of(parameter);
        var values = best
            .Where(trial => trial.ResultValues.TryGet(parameter.Name, out _))
            .Select(trial => trial.ResultValues.Entries[parameter.Name])
            .ToArray();
        if (values.Length < 2 || axis.Levels == 1)
        {
            return parameter;
        }

        var domain = axis.Kind == AxisKind.Categorical
            ? Occurring(parameter.Domain, values)
            : Between(axis, values.Select(value => axis.Encode(value)!.Value).ToArray(), margin);
        return parameter with
        {
            Domain = domain,
            Default = parameter.Default is { } standard && domain.Contains(standard)
            ? standard
            : null
        };
    }

    private static ParameterDomain Occurring(ParameterDomain domain, ParameterValue[] values) => domain switch
    {
        ItemDomain items => items with { Items = [.. items.Items.Where(values.Contains)] },
        _ => values.Distinct().Count() == 1 ? new ItemDomain([values[0]]) : domain,
    };

    private static ParameterDomain Between(Axis axis, double[] units, double margin)
    {
        var (low, high) = (units.Min(), units.Max());
        var extra = Math.Max(margin * (high - low), (SmallestShare - (high - low)) / 2);
        (low, high) = (Math.Max(0, low - extra), Math.Min(1, high + extra));
        var (min, max) = (axis.Decode(low), axis.Decode(high));
        return axis.Parameter.Domain switch
        {
            RealDomain real => real with { Min = Number(min), Max = Number(max) },
            IntegerDomain whole => whole with { Min = Whole(min), Max = Whole(max) },
            ItemDomain items => items with
            {
                Items = [.. items.Items.Skip(items.Items.IndexOf(min)).Take(items.Items.IndexOf(max) - items.Items.IndexOf(min) + 1)],
            },
            var other => other,
        };
    }

    private static double Number(ParameterValue value) =>
        value.TryGetNumber(out var number) ? number : throw new InvalidOperationException($"{value} is not a number.");

    private static long Whole(ParameterValue value) =>
        value.TryGetInteger(out var number) ? number : throw new InvalidOperationException($"{value} is not a whole number.");

    private static string Range(ParameterDomain domain) => domain switch
    {
        RealDomain real => Text($"{real.Min:G4} … {real.Max:G4}"),
        IntegerDomain whole => Text($"{whole.Min} … {whole.Max}"),
        ItemDomain items => string.Join(" or ", items.Items),
        _ => "true or false",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
