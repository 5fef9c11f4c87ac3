using System.Globalization;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Space;

/// <summary>Reads the domain of one parameter.</summary>
internal static class DomainBinder
{
    // Steps are computed in decimal arithmetic, which ends at 7.9e28 and rounds below 1e-28.
    private const double LargestBoundWithStep = 1e12;
    private const double SmallestStep = 1e-12;
    private const double LargestBound = 1e300;

    // A step is typed in decimal and is no binary fraction: what is nearer to max than this share of a step meets it.
    private const double StepTolerance = 1e-6;

    private static readonly string[] TypeNames = ["float", "log", "int", "logint", "item", "bool"];

    /// <summary>Words of <c>type</c>.</summary>
    public static (string Word, string Value)[] Types { get; } = [.. TypeNames.Select(name => (name, name))];

    /// <summary>Reads the domain.</summary>
    /// <param name="section">The parameter.</param>
    /// <param name="known">The domain of the workload's hyperparameter, whose kind of number items take; null for none.</param>
    /// <returns>Null after a problem.</returns>
    public static ParameterDomain? Bind(Section section, ParameterDomain? known)
    {
        if (section.Find("type") is null)
        {
            section.Missing(SpecCodes.ParameterType, "type", "type is required", $"use one of {string.Join(", ", TypeNames)}");
            return null;
        }

        var type = section.Word<string?>("type", Types!, [], null);
        switch (type)
        {
            case "float" or "log":
                RefuseKeys(section, type, "items", "ordered");
                return BindReal(section, type);
            case "int" or "logint":
                RefuseKeys(section, type, "items", "ordered");
                return BindInteger(section, type);
            case "item":
                RefuseKeys(section, type, "min", "max", "step", "gridPoints");
                return ItemsBinder.Bind(section, known);
            case "bool":
                RefuseKeys(section, type, "min", "max", "step", "items", "ordered", "gridPoints");
                return new BooleanDomain();
            default:
                return null;
        }
    }

    private static void RefuseKeys(Section section, string type, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (section.Find(key) is { } entry)
            {
                section.Error(
                    SpecCodes.ParameterHasNo, entry.Key.At, key, $"{key} does not belong to type {type}", "remove it or change type");
            }
        }
    }

    private static RealDomain? BindReal(Section section, string type)
    {
        var min = RealBound(section, "min", type);
        var max = RealBound(section, "max", type);
        var step = section.Real("step");
        if (min is not { } low || max is not { } high || !AreBoundsRight(section, type, low, high))
        {
            return null;
        }

        if (section.Find("step") is not null && !IsStepRight(section, step, high - low))
        {
            return null;
        }

        if (step is not null && (Math.Max(Math.Abs(low), Math.Abs(high)) > LargestBoundWithStep || step < SmallestStep))
        {
            section.Error(
                SpecCodes.Step,
                section.Find("step")!.Value.At,
                "step",
                "a step needs bounds within ±1e12 and a size of at least 1e-12",
                "leave step out");
            return null;
        }

        var domain = new RealDomain(low, high, type == "log", step);
        if (step is not null && domain.AtStep(domain.StepCount!.Value - 1) is var last && high - last > step * StepTolerance)
        {
            MissesMax(section, last, high);
        }

        return domain;
    }

    private static IntegerDomain? BindInteger(Section section, string type)
    {
        var min = IntegerBound(section, "min", type);
        var max = IntegerBound(section, "max", type);
        var step = section.Find("step") is { } entry ? WholeStep(section, entry) : 1;
        if (min is not { } low || max is not { } high || !AreBoundsRight(section, type, low, high) || step is not { } distance)
        {
            return null;
        }

        if (section.Find("step") is null)
        {
            return new IntegerDomain(low, high, type == "logint", distance);
        }

        if (!IsStepRight(section, distance, (double)high - low))
        {
            return null;
        }

        if ((Int128)high - low is var range && range % distance is var rest && rest != 0)
        {
            MissesMax(section, (double)(high - rest), high);
        }

        return new IntegerDomain(low, high, type == "logint", distance);
    }

    // The grid of steps ends below max, which a reader of the spec takes for the largest value.
    private static void MissesMax(Section section, double last, double max) => section.Problems.Warning(
        SpecCodes.StepMissesMax,
        section.Find("step")!.Value.At,
        section.PathOf("step"),
        string.Create(CultureInfo.InvariantCulture, $"{section.Prefix}steps from min end at {last}, so max ({max}) is never tried"),
        string.Create(CultureInfo.InvariantCulture, $"choose a step that divides the range, or say max: {last}"));

    private static double? RealBound(Section section, string key, string type)
    {
        RequireBound(section, key, type);
        if (section.Real(key) is not { } number)
        {
            return null;
        }

        if (Math.Abs(number) <= LargestBound)
        {
            return number;
        }

        section.Error(SpecCodes.NumberTooLarge, section.Find(key)!.Value.At, key, $"{key} is outside ±1e300", "use a smaller range");
        return null;
    }

    private static long? IntegerBound(Section section, string key, string type)
    {
        RequireBound(section, key, type);
        if (section.Find(key) is not { } entry)
        {
            return null;
        }

        if (Section.TryWhole(entry.Value, out var whole))
        {
            section.WarnOfLeadingZero(entry.Value, key);
            return whole;
        }

        if (NumberProblems.ExplainTwofold(entry.Value) is { } twofold)
        {
            section.Error(SpecCodes.NotANumber, entry.Value.At, key, $"{key} {twofold.Message}", twofold.Help);
            return null;
        }

        if (section.Real(entry.Value, key, isWhole: true) is { } number)
        {
            var shown = Display.Text(((ScalarNode)entry.Value).Text);
            if (Math.Abs(number) >= 1L << 53)
            {
                section.Error(
                    SpecCodes.NumberTooLarge,
                    entry.Value.At,
                    key,
                    $"{key} is {shown}, which is outside ±9.2e18 or not written as a whole number",
                    "use a smaller bound, written with digits only");
            }
            else
            {
                section.Error(
                    SpecCodes.NotANumber,
                    entry.Value.At,
                    key,
                    $"{key} is {shown}, but must be a whole number for type {type}",
                    "round it, or use type float");
            }
        }

        return null;
    }

    private static void RequireBound(Section section, string key, string type)
    {
        if (section.Find(key) is null)
        {
            section.Missing(SpecCodes.ParameterNeeds, key, $"type {type} needs {key}", $"add {key}: and a number");
        }
    }

    private static bool AreBoundsRight(Section section, string type, double min, double max)
    {
        if (type is "log" or "logint" && Math.Min(min, max) <= 0)
        {
            var key = min <= 0 ? "min" : "max";
            var got = (min <= 0 ? min : max).ToString("R", CultureInfo.InvariantCulture);
            section.Error(
                SpecCodes.LogBound,
                section.Find(key)!.Value.At,
                key,
                $"{key} must be greater than 0 for type {type} (got {got})",
                type == "log"
                    ? "use type float for a range that touches 0, or a small positive bound such as 1e-6"
                    : "use type int for a range that touches 0, or start at 1");
            return false;
        }

        if (min > max)
        {
            section.Error(
                SpecCodes.MinAboveMax,
                section.Find("min")!.Value.At,
                "min",
                $"min is {section.Written("min")}, but must be at most max, which is {section.Written("max")}",
                "swap them");
            return false;
        }

        if (min == max)
        {
            section.Problems.Warning(
                SpecCodes.Constant,
                section.Find("min")!.Value.At,
                section.PathOf("min"),
                $"{section.Prefix}min equals max, so this is a constant; use workload.fixed",
                "move it to workload.fixed");
        }

        return true;
    }

    private static long? WholeStep(Section section, MappingEntry entry)
    {
        if (Section.TryWhole(entry.Value, out var whole))
        {
            return whole;
        }

        if (NumberProblems.ExplainTwofold(entry.Value) is { } twofold)
        {
            section.Error(SpecCodes.Step, entry.Value.At, "step", $"step {twofold.Message}", twofold.Help);
        }
        else if (section.Real(entry.Value, "step", isWhole: true) is not null)
        {
            section.Error(
                SpecCodes.Step,
                entry.Value.At,
                "step",
                $"step {Section.Describe(entry.Value)}, but must be a whole number for a parameter of whole numbers",
                "round it");
        }

        return null;
    }

    private static bool IsStepRight(Section section, double? step, double range)
    {
        if (step is null)
        {
            return false;
        }

        if (step > 0 && step <= range)
        {
            return true;
        }

        var rule = step > 0 ? "must not be larger than the range from min to max" : "must be greater than 0";
        var value = section.Find("step")!.Value;
        section.Error(
            SpecCodes.Step,
            value.At,
            "step",
            $"step {Section.Describe(value)}, but {rule}",
            "make it smaller than the range, or leave it out");
        return false;
    }
}
