using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Binding.Algorithms;

/// <summary>Reads <c>algorithm.stages</c>.</summary>
internal static class StagesBinder
{
    private const double SmallestShare = 0.001;
    private const double WidestMargin = 10;
    private const string Example = "write stages: [{ type: random, trials: 30, dataFraction: 0.3 }, { type: gp }]";

    /// <summary>Reads the stages.</summary>
    /// <param name="algorithm">Section <c>algorithm</c>.</param>
    /// <param name="descriptor">Its sampler.</param>
    /// <param name="vocabulary">The samplers there are.</param>
    /// <returns>Null for a sampler without stages and after a problem.</returns>
    public static ValueArray<StageSpec>? Bind(Section algorithm, AlgorithmDescriptor descriptor, SpecVocabulary vocabulary)
    {
        var entry = algorithm.Find("stages");
        if (!descriptor.HasStages || entry is null)
        {
            if (descriptor.HasStages)
            {
                algorithm.Missing(SpecCodes.Stages, "stages", $"{descriptor.Name} needs stages, at least two", Example);
            }
            else if (entry is not null)
            {
                var owners = string.Join(
                    " or ", vocabulary.Algorithms.Where(candidate => candidate.HasStages).Select(candidate => candidate.Name));
                algorithm.Error(SpecCodes.Stages, entry.Key.At, "stages", $"{descriptor.Name} has no stages", owners.Length > 0
                    ? $"use type: {owners}, or remove stages"
                    : "remove stages");
            }

            return null;
        }

        if (entry.Value is not SequenceNode { Items.Count: >= 2 and <= SpecLimits.Stages } list)
        {
            var found = entry.Value is SequenceNode other
                ? $"has {other.Items.Count} {(other.Items.Count == 1 ? "entry" : "entries")}"
                : Section.Describe(entry.Value);
            algorithm.Error(
                SpecCodes.Stages,
                entry.Value.At,
                "stages",
                $"stages {found}, but must be a list of 2 to {SpecLimits.Stages} stages",
                Example);
            return null;
        }

        var stages = list.Items
            .Select((item, index) => BindStage(algorithm, item, index, index == list.Items.Count - 1, vocabulary))
            .OfType<StageSpec>()
            .ToValueArray();
        return stages.Count == list.Items.Count ? stages : null;
    }

    private static StageSpec? BindStage(Section algorithm, SpecNode item, int index, bool isLast, SpecVocabulary vocabulary)
    {
        var key = new ScalarNode(item.At, $"algorithm.stages[{index}]", ScalarStyle.Quoted);
        if (Section.Open(algorithm.Problems, new MappingEntry(key, item), key.Text, SectionFields.Stage) is not { } stage)
        {
            return null;
        }

        var trials = (int?)stage.Whole("trials", 1, SpecLimits.Trials, SpecCodes.Stages);
        if (!isLast && stage.Find("trials") is null)
        {
            stage.Missing(SpecCodes.Stages, "trials", "trials is required in every stage but the last", "for example trials: 30");
        }

        var fraction = stage.Real("dataFraction", SmallestShare, 1, SpecCodes.Stages);
        var top = stage.Real("top", SmallestShare, 1, SpecCodes.Stages);
        var margin = stage.Real("margin", 0, WidestMargin, SpecCodes.Stages);
        if (BindSampler(stage, vocabulary) is not { } sampler)
        {
            return null;
        }

        var standard = new StageSpec(sampler.Name, AlgorithmBinder.BindOptions(stage, sampler), trials);
        return standard with
        {
            DataFraction = fraction ?? standard.DataFraction,
            Top = top ?? standard.Top,
            Margin = margin ?? standard.Margin,
        };
    }

    private static AlgorithmDescriptor? BindSampler(Section stage, SpecVocabulary vocabulary)
    {
        var key = stage.Find("algorithm") is null ? "type" : "algorithm";
        if (key == "algorithm" && stage.Find("type") is { } second)
        {
            stage.Error(
                SpecCodes.DuplicateKey,
                second.Key.At,
                "type",
                "type and algorithm mean the same in a stage",
                "keep one of the two");
            return null;
        }

        if (stage.Find(key) is not { } entry)
        {
            stage.Missing(SpecCodes.Missing, "type", "type is required, the algorithm of the stage", "for example type: random");
            return null;
        }

        var sampler = AlgorithmBinder.BindType(stage, key, vocabulary);
        if (sampler is not ({ HasStages: true } or { NeedsScheduler: not null }))
        {
            return sampler;
        }

        stage.Error(
            SpecCodes.Stages,
            entry.Value.At,
            key,
            $"{key} is {sampler.Name}, which cannot be the algorithm of a stage",
            "use random, gp or another algorithm that stands alone");
        return null;
    }
}
