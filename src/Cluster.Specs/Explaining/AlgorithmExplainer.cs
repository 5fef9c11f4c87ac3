using System.Globalization;
using SearchCluster.Search.Sampling.Auto;
using SearchCluster.Specs.Sections;

namespace SearchCluster.Specs.Explaining;

/// <summary>Describes samplers, schedulers, their options and their stages for people.</summary>
internal static class AlgorithmExplainer
{
    private const string Automatic = "automatic";

    /// <summary>Says what algorithm auto stands for.</summary>
    /// <returns>Null for other algorithms.</returns>
    public static AutoChoice? Choice(SearchSpec spec) => spec.Algorithm.Type == StandardNames.Algorithm ? AutoRules.Choose(spec) : null;

    /// <summary>Says why the search has its algorithm.</summary>
    /// <param name="spec">Names the algorithm, or says <c>auto</c>.</param>
    /// <param name="choice">What auto stands for, or null.</param>
    /// <param name="vocabulary">The samplers there are.</param>
    /// <returns>The end of a sentence.</returns>
    public static string Reason(SearchSpec spec, AutoChoice? choice, SpecVocabulary vocabulary) =>
        choice is null ? Sentence(Find(vocabulary.Algorithms, spec.Algorithm.Type)) : $"{choice.Algorithm}, because {choice.Reason}";

    /// <summary>Describes what a descriptor is.</summary>
    /// <param name="descriptor">The descriptor, or null.</param>
    /// <returns>Its description without the full stop.</returns>
    public static string Sentence(AlgorithmDescriptor? descriptor) => descriptor?.Description.TrimEnd('.') ?? "named in the spec";

    /// <summary>Lists the options of a sampler or a scheduler.</summary>
    /// <param name="descriptor">The descriptor, or null.</param>
    /// <param name="given">What the spec gives.</param>
    /// <returns>Null when there are none.</returns>
    public static ValueArray<OptionExplanation>? Options(AlgorithmDescriptor? descriptor, ParameterValues given) =>
        descriptor is not { Options.Count: > 0 } ? null : descriptor.Options.Select(option =>
        {
            var isGiven = given.TryGet(option.Name, out var value);
            var text = isGiven ? value.ToString() : option.Default?.ToString() ?? Automatic;
            return new OptionExplanation(option.Name, text, !isGiven, option.Description);
        }).ToValueArray();

    /// <summary>Lists the stages of a coarse-to-fine search.</summary>
    /// <param name="spec">Names the stages, if it has any.</param>
    /// <param name="vocabulary">The samplers there are.</param>
    /// <returns>Null for other searches.</returns>
    public static ValueArray<StageExplanation>? Stages(SearchSpec spec, SpecVocabulary vocabulary) =>
        spec.Algorithm.Stages?.Select((stage, index) =>
            new StageExplanation(
                index + 1,
                stage.Algorithm,
                stage.Trials is { } trials ? trials.ToString("#,0", CultureInfo.InvariantCulture) : "the rest",
                stage.DataFraction,
                index == 0
                    ? "the whole space"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"around the best {stage.Top * 100:0.##} % of the trials before, {stage.Margin * 100:0.##} % wider"),
                Options(Find(vocabulary.Algorithms, stage.Algorithm), stage.Options))).ToValueArray();

    /// <summary>Looks a name up.</summary>
    /// <param name="descriptors">What there is.</param>
    /// <param name="name">As a spec writes it.</param>
    /// <returns>Null for an unknown name.</returns>
    public static AlgorithmDescriptor? Find(ValueArray<AlgorithmDescriptor> descriptors, string name) =>
        descriptors.FirstOrDefault(candidate => candidate.Name == name);
}
