using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Binding.Algorithms;
using SearchCluster.Specs.Binding.Data;
using SearchCluster.Specs.Binding.Run;
using SearchCluster.Specs.Binding.Space;
using SearchCluster.Specs.Binding.Workloads;
using SearchCluster.Specs.Checks;
using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Binding;

/// <summary>Reads a whole spec from its tree, section by section.</summary>
internal static class SpecBinder
{
    /// <summary>Reads a spec.</summary>
    /// <param name="mapping">The file's root.</param>
    /// <param name="vocabulary">The names the spec may use.</param>
    /// <param name="problems">Gets the problems.</param>
    /// <returns>The spec; null when a required part could not be read.</returns>
    public static SearchSpec? Bind(MappingNode mapping, SpecVocabulary vocabulary, ProblemList problems)
    {
        if (!HeaderBinder.IsVersionRight(problems, mapping))
        {
            return null;
        }

        var root = Section.Open(problems, mapping, mapping.At, "", SectionFields.Root);
        root.RefuseLaterKeys(SectionFields.Root, "remove it");
        root.Text("$schema", 2_000);
        var name = HeaderBinder.BindName(root);
        var description = root.Text("description", SpecLimits.DescriptionLength);
        var labels = root.Labels("labels");
        var seed = HeaderBinder.BindSeed(root);
        var workload = WorkloadBinder.BindDescriptor(root, vocabulary);
        var constants = WorkloadBinder.BindFixed(root, workload);
        var data = DataBinder.Bind(root, workload, vocabulary);
        var earlyStopping = ObjectiveBinder.BindEarlyStopping(root, workload);
        var objectives = ObjectivesBinder.Bind(
            root, workload, data?.Split.Folds is not null, earlyStopping is { RestoreBest: false });
        var space = SpaceBinder.Bind(root, workload);
        var pretrained = PretrainedBinder.Bind(root, workload, space);
        var algorithm = AlgorithmBinder.Bind(root, vocabulary);
        var warmStart = WarmStartBinder.Bind(root, name);
        var repeats = (int?)root.Whole("repeats", 1, SpecLimits.Repeats, SpecCodes.Repeats);
        var reproducible = ReproducibleBinder.Bind(root);
        var scheduler = SchedulerBinder.Bind(root, vocabulary);
        var budget = BudgetBinder.Bind(root);
        var resources = RunBinder.BindResources(root);
        var retry = RunBinder.BindRetry(root);
        var checkpoint = RunBinder.BindCheckpoint(root);
        var ensemble = RunBinder.BindEnsemble(root, workload, vocabulary);
        if (space is null)
        {
            return null;
        }

        var enqueue = EnqueueBinder.Bind(root, space);
        CheckParts(root, workload, constants, space, algorithm, budget);
        CheckTestMetric(root, objectives, data);
        TrialFit.CheckMetrics(root, workload, objectives, earlyStopping);
        if (name is not { } id || workload is null || objectives is null || budget is null)
        {
            return null;
        }

        var spec = new SearchSpec
        {
            Name = id,
            Workload = new WorkloadSpec(workload.Name, constants, pretrained),
            Objective = objectives[0],
            Space = space,
            Budget = budget,
            Algorithm = algorithm,
            Seed = seed,
            Data = data,
            Enqueue = enqueue,
            Scheduler = scheduler,
            EarlyStopping = earlyStopping,
            Resources = resources,
            Retry = retry,
            Checkpoint = checkpoint,
            Ensemble = ensemble,
            Labels = labels,
            Description = description,
            Objectives = objectives.Count > 1 ? objectives : null,
            Repeats = repeats > 1 ? repeats : null,
            WarmStart = warmStart,
            Reproducible = reproducible,
        };
        SectionFit.Check(root, spec, vocabulary);
        ReproducibleBinder.Check(root, spec);
        return spec;
    }

    private static void CheckParts(
        Section root,
        WorkloadDescriptor? workload,
        ParameterValues constants,
        SearchSpace space,
        AlgorithmSpec algorithm,
        BudgetSpec? budget)
    {
        Reachability.Check(root, space);
        if (workload is not null)
        {
            WorkloadFit.CheckGiven(root, workload, space, constants);
        }

        if (budget is not null && (algorithm.Type == "grid" || algorithm.Stages?.Any(stage => stage.Algorithm == "grid") == true))
        {
            GridSize.Check(root, space, budget);
        }
    }

    private static void CheckTestMetric(Section root, ValueArray<ObjectiveSpec>? objectives, DataSpec? data)
    {
        if (data is { Split.Test: 0 }
            && objectives?.FirstOrDefault(objective => objective.Metric.StartsWith("test/", StringComparison.Ordinal)) is { } chosen)
        {
            var key = objectives.Count > 1 ? "objectives" : "objective";
            root.Error(
                SpecCodes.Metric,
                root.PlaceOf(key),
                key,
                $"{key} has metric {chosen.Metric}, but data.split has no test part",
                "give test a share, or choose by a val/ metric");
        }
    }
}
