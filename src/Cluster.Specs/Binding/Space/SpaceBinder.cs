using System.Text.RegularExpressions;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Checks;
using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Space;

/// <summary>Reads sections <c>space</c> and <c>forbid</c>.</summary>
internal static partial class SpaceBinder
{
    /// <summary>The rule for names of parameters, in words.</summary>
    public const string NameRule = "a letter or '_', then up to 63 of A-Z, a-z, 0-9 and '_ . / -'";

    /// <summary>Tells whether a text is the name of a parameter.</summary>
    /// <param name="name">Any text.</param>
    /// <returns>True when it follows <see cref="NameRule"/>.</returns>
    public static bool IsParameterName(string name) => NamePattern().IsMatch(name);

    /// <summary>Reads the space.</summary>
    /// <param name="root">The file.</param>
    /// <param name="workload">The workload, or null when unknown.</param>
    /// <returns>The space with its parameters in topological order; null after a problem with any of them.</returns>
    public static SearchSpace? Bind(Section root, WorkloadDescriptor? workload)
    {
        if (root.Find("space") is null)
        {
            root.Missing(
                SpecCodes.EmptySpace,
                "space",
                "space is required",
                "write space: and one line for each parameter, for example lr: { type: log, min: 1e-4, max: 0.1 }");
            return null;
        }

        if (root.Child("space", SectionFields.Free) is not { } section || !HasRightSize(section))
        {
            return null;
        }

        var drafts = section.Entries.Select(entry => Draft(section, entry, workload)).OfType<ParameterDraft>().ToArray();
        var byName = drafts.ToDictionary(draft => draft.Name, StringComparer.Ordinal);
        var parameters = drafts.Select(draft => Complete(draft, byName)).OfType<ParameterSpec>().ToArray();
        var forbidden = ConditionBinder.BindForbidden(root, byName);
        if (parameters.Length < section.Entries.Count || forbidden is null)
        {
            return null;
        }

        return ConditionOrder.Sort(parameters, byName) is { } ordered ? new SearchSpace(ordered, forbidden) : null;
    }

    private static bool HasRightSize(Section section)
    {
        if (section.Entries.Count == 0)
        {
            section.Problems.Error(
                SpecCodes.EmptySpace,
                section.At,
                "space",
                "space has no parameters, but needs at least one",
                "for example lr: { type: log, min: 1e-4, max: 0.1 }");
        }
        else if (section.Entries.Count > SpecLimits.Parameters)
        {
            section.Problems.Error(
                SpecCodes.TooManyParameters,
                section.At,
                "space",
                $"space has {section.Entries.Count} parameters, but may have at most {SpecLimits.Parameters}",
                "fix the less important ones in workload.fixed");
        }

        return section.Entries.Count is > 0 and <= SpecLimits.Parameters;
    }

    private static ParameterDraft? Draft(Section space, Syntax.MappingEntry entry, WorkloadDescriptor? workload)
    {
        var name = entry.Key.Text;
        if (!IsParameterName(name))
        {
            space.Error(
                SpecCodes.ParameterName,
                entry.Key.At,
                name,
                $"the name {Display.Quoted(name)} breaks the rule: {NameRule}",
                "rename the parameter");
            return null;
        }

        if (Section.Open(space.Problems, entry, $"space.{name}", SectionFields.Parameter) is not { } section)
        {
            return null;
        }

        var known = workload?.Hyperparameters.FirstOrDefault(parameter => parameter.Name == name);
        var domain = DomainBinder.Bind(section, known?.Domain);
        if (domain is not null && workload is not null && !WorkloadFit.Accepts(section, entry.Key.At, name, domain, workload, known))
        {
            domain = null;
        }

        return new ParameterDraft(
            section,
            name,
            domain,
            known,
            (int?)section.Whole("gridPoints", 1, 10_000),
            section.Text("description", SpecLimits.DescriptionLength / 4));
    }

    private static ParameterSpec? Complete(ParameterDraft draft, IReadOnlyDictionary<string, ParameterDraft> byName)
    {
        var condition = draft.Section.Find("when");
        var when = condition is null ? null : ConditionBinder.BindWhen(draft.Section, condition, byName);
        if (draft.Domain is not { } domain || (condition is not null && when is null))
        {
            return null;
        }

        ParameterValue? standard = null;
        if (draft.Section.Find("default") is { } given)
        {
            standard = ValueBinder.OfDomain(given.Value, domain);
            if (standard is { Kind: ParameterValueKind.None })
            {
                draft.Section.Error(
                    SpecCodes.OutsideDomain,
                    given.Value.At,
                    "default",
                    "default is null, which means that there is none",
                    $"leave default out; to try null first, write enqueue: [{{ {draft.Name}: null }}]");
                standard = null;
            }
            else if (standard is not { } value || !domain.Contains(value))
            {
                draft.Section.Error(
                    SpecCodes.OutsideDomain,
                    given.Value.At,
                    "default",
                    $"default {Section.Describe(given.Value)}, but must be {ValueBinder.Describe(domain)}",
                    "change default or the domain");
            }
        }

        return new ParameterSpec(draft.Name, domain, standard, draft.GridPoints, when, draft.Description);
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_./-]{0,63}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
