using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Checks;

/// <summary>Compares the space and the constants with what the workload reads.</summary>
internal static class WorkloadFit
{
    /// <summary>Checks one parameter.</summary>
    /// <param name="section">Where problems with its values are shown.</param>
    /// <param name="at">Where its name stands.</param>
    /// <param name="name">Its key in the space.</param>
    /// <param name="domain">Its values.</param>
    /// <param name="workload">What reads the parameter.</param>
    /// <param name="known">The hyperparameter of that name, or null.</param>
    /// <returns>False after a problem.</returns>
    public static bool Accepts(
        Section section, Position at, string name, ParameterDomain domain, WorkloadDescriptor workload, HyperparameterDescriptor? known)
    {
        if (known is null)
        {
            return workload.AllowsOtherParameters
                ? AcceptsCoordinates(section, name, domain, workload)
                : ReportNotRead(section, at, name, workload);
        }

        if (FirstRefused(domain, known.Domain) is not { } refused)
        {
            return true;
        }

        section.Problems.Error(
            SpecCodes.NotAccepted,
            refused.Key is { } key ? section.Find(key)!.Value.At : section.At,
            section.Path,
            $"{section.Prefix}{refused.What}; {name} of {workload.Name} must be {ValueBinder.Describe(known.Domain)}",
            refused.Help);
        return false;
    }

    /// <summary>Checks what must be given and what is given twice.</summary>
    /// <param name="root">The file.</param>
    /// <param name="workload">What reads the values.</param>
    /// <param name="space">What is searched.</param>
    /// <param name="constants">What <c>workload.fixed</c> gives.</param>
    public static void CheckGiven(Section root, WorkloadDescriptor workload, SearchSpace space, ParameterValues constants)
    {
        var at = root.Find("workload")!.Key.At;
        foreach (var parameter in workload.Hyperparameters)
        {
            var searched = space.Parameters.FirstOrDefault(candidate => candidate.Name == parameter.Name);
            var isGiven = constants.TryGet(parameter.Name, out _) || searched is { When: null or { Count: 0 } };
            if (parameter is { Default: null, IsOptional: false } && !isGiven)
            {
                root.Problems.Error(
                    SpecCodes.HyperparameterMissing,
                    at,
                    $"workload.fixed.{parameter.Name}",
                    $"workload {workload.Name} needs {parameter.Name}, {ValueBinder.Describe(parameter.Domain)}",
                    $"write workload: {{ builtin: {workload.Name}, fixed: {{ {parameter.Name}: … }} }}");
            }
        }

        foreach (var parameter in space.Parameters.Where(parameter => constants.TryGet(parameter.Name, out _)))
        {
            var key = ((MappingNode)root.Find("space")!.Value).Find(parameter.Name)!.Key;
            root.Problems.Error(
                SpecCodes.GivenTwice,
                key.At,
                $"space.{parameter.Name}",
                $"{parameter.Name} is in space and in workload.fixed",
                "remove one of the two");
        }
    }

    // A test function reads the numbers that its descriptor does not name, and would pass over what is none.
    private static bool AcceptsCoordinates(Section section, string name, ParameterDomain domain, WorkloadDescriptor workload)
    {
        if (workload.Name != BuiltinWorkloads.Function.Name || domain is not ItemDomain items)
        {
            return true;
        }

        // Texts alone are a switch for conditions; among numbers one is a coordinate that is not there.
        var isMixed = items.Items.Any(item => item.TryGetNumber(out _));
        var other = items.Items.Where(item => item.Kind is ParameterValueKind.None or ParameterValueKind.List
            || (isMixed && item.Kind is ParameterValueKind.Text)).ToList();
        if (other.Count == 0)
        {
            return true;
        }

        section.Problems.Error(
            SpecCodes.NotAccepted,
            section.Find("items")!.Value.At,
            section.Path,
            $"{section.Prefix}{name} of {workload.Name} is a coordinate, which cannot be "
                + $"{(other[0].Kind == ParameterValueKind.Text ? "the text " : "")}{Display.Text(ValueBinder.Literal(other[0]))}",
            other[0].Kind == ParameterValueKind.Text ? "write numbers without quotes" : "use numbers, or a workload that reads it");
        return false;
    }

    private static bool ReportNotRead(Section section, Position at, string name, WorkloadDescriptor workload)
    {
        var names = workload.Hyperparameters.Select(parameter => parameter.Name).ToArray();
        section.Problems.Error(
            SpecCodes.NotRead,
            at,
            section.Path,
            $"space: workload {workload.Name} does not read {Display.Quoted(name)}{Suggestions.Phrase(name, names)}",
            $"it reads {string.Join(", ", names)}");
        return false;
    }

    private static (string? Key, string What, string Help)? FirstRefused(ParameterDomain domain, ParameterDomain accepted)
    {
        switch (domain)
        {
            case RealDomain real when accepted is RealDomain limit:
                return FirstOutside(real.Min, real.Max, limit.Min, limit.Max);
            case IntegerDomain whole when accepted is IntegerDomain limit:
                return FirstOutside(whole.Min, whole.Max, limit.Min, limit.Max);
            case ItemDomain items:
                foreach (var item in items.Items)
                {
                    if (!accepted.Contains(item))
                    {
                        var nearest = accepted is ItemDomain choices
                            ? Suggestions.Phrase(item.ToString(), choices.Items.Select(choice => choice.ToString()))
                            : "";
                        return (
                            "items",
                            $"the item {Display.Text(ValueBinder.Literal(item))} is not accepted{nearest}",
                            "remove or change it");
                    }
                }

                return null;
            case BooleanDomain when accepted is BooleanDomain:
                return null;
            default:
                var type = accepted switch
                {
                    RealDomain =>
                    "float or log",
                    IntegerDomain => "int or logint",
                    ItemDomain => "item",
                    _ => "bool"
                };
                return ("type", "the type does not fit", $"use type {type}, or item");
        }
    }

    private static (string? Key, string What, string Help)? FirstOutside(double min, double max, double lowest, double highest)
    {
        const string Help = "change the bound";
        return min < lowest ? ("min", "min is too small", Help) : max > highest ? ("max", "max is too large", Help) : null;
    }
}
