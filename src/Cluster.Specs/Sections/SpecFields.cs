using SearchCluster.Search.Scheduling;

namespace SearchCluster.Specs.Sections;

/// <summary>The keys of each section: those this release reads, and those the format has but this release does not.</summary>
/// <param name="Known">Read.</param>
/// <param name="Later">Refused by name rather than as a typing error.</param>
internal sealed record SectionFields(string[] Known, string[] Later)
{
    /// <summary>The file itself.</summary>
    public static SectionFields Root { get; } = new(
        [
            "$schema", "version", "name", "description", "labels", "seed", "workload", "data", "objective", "objectives", "space", "forbid",
            "enqueue", "algorithm", "warmStart", "repeats", "reproducible", "scheduler", "earlyStopping", "budget", "resources", "retry",
            "checkpoint", "ensemble",
        ],
        []);

    public static SectionFields Workload { get; } = new(["builtin", "class", "fixed", "pretrained"], []);

    /// <summary>Section <c>workload.pretrained</c>.</summary>
    public static SectionFields Pretrained { get; } = new(["from", "trial", "file"], []);

    public static SectionFields Data { get; } = new(
        [
            "source", "target", "split", "limit", "sha256", "format", "answer", "images", "features", "exclude", "types", "missing",
            "missingTexts", "scaling", "threshold", "medianSplit", "skipLines", "unseen", "header", "separator", "decimal", "thousands",
            "dates", "series", "storage",
        ],
        []);

    /// <summary>Section <c>data.series</c>.</summary>
    public static SectionFields Series { get; } = new(["window", "horizon", "stride"], []);

    public static SectionFields Images { get; } = new(["width", "height", "channels", "fit", "normalise", "void", "classLevel"], []);

    /// <summary>Section <c>data.split</c>.</summary>
    public static SectionFields Split { get; } = new(
        ["train", "validation", "test", "stratify", "trainRows", "validationRows", "testRows", "folds", "groupBy"], []);

    public static SectionFields Objective { get; } = new(["metric", "direction", "target", "aggregate", "onNonFinite"], []);

    /// <summary>One parameter of section <c>space</c>.</summary>
    public static SectionFields Parameter { get; } = new(
        ["type", "min", "max", "step", "items", "ordered", "default", "gridPoints", "when", "description"], []);

    /// <summary>A range in a condition.</summary>
    public static SectionFields Range { get; } = new(["min", "max"], []);

    public static SectionFields Algorithm { get; } = new(["type", "options", "startup", "batch", "stages"], []);

    /// <summary>One entry of <c>algorithm.stages</c>.</summary>
    public static SectionFields Stage { get; } = new(["type", "algorithm", "options", "trials", "dataFraction", "top", "margin"], []);

    public static SectionFields WarmStart { get; } = new(["from", "top"], []);

    public static SectionFields Reproducible { get; } = new(["round"], []);

    /// <summary>Section <c>scheduler</c>: the keys of all schedulers together; each reads only its own.</summary>
    public static SectionFields Scheduler { get; } = new(
        [
            "type",
            "resource",
            .. TrialSchedulerCatalog.Descriptors.SelectMany(scheduler => scheduler.Options.Select(option => option.Name)).Distinct(),
        ], []);

    public static SectionFields EarlyStopping { get; } = new(["metric", "patience", "minDelta", "warmup", "restoreBest"], []);

    public static SectionFields Budget { get; } = new(
        ["trials", "time", "deviceTime", "epochs", "trialTime", "noImprovement", "failures", "plateau"], []);

    /// <summary>Section <c>budget.plateau</c>.</summary>
    public static SectionFields Plateau { get; } = new(["expectedImprovement", "trials"], []);

    public static SectionFields Resources { get; } = new(["concurrency", "perTrial", "labels", "priority"], []);

    /// <summary>Section <c>resources.perTrial</c>.</summary>
    public static SectionFields PerTrial { get; } = new(["device", "memory"], ["gpu", "cpu", "gpuMemory"]);

    public static SectionFields Retry { get; } = new(["max", "on", "backoff"], []);

    public static SectionFields Checkpoint { get; } = new(["every", "keepBest", "keepLast"], []);

    public static SectionFields Ensemble { get; } = new(
        ["type", "members", "combine", "pool"], ["bootstrap", "outOfBag", "candidates", "budget"]);

    /// <summary>A mapping whose keys are the author's.</summary>
    public static SectionFields Free { get; } = new([], []);

    /// <summary>The sections inside others, by dotted path; the file itself has the empty path.</summary>
    public static IReadOnlyDictionary<string, SectionFields> ByPath { get; } = new Dictionary<string, SectionFields>(StringComparer.Ordinal)
    {
        [""] = Root,
        ["labels"] = Free,
        ["workload"] = Workload,
        ["workload.fixed"] = Free,
        ["data"] = Data,
        ["data.split"] = Split,
        ["data.images"] = Images,
        ["data.series"] = Series,
        ["data.types"] = Free,
        ["data.dates"] = Free,
        ["workload.pretrained"] = Pretrained,
        ["objective"] = Objective,
        ["algorithm"] = Algorithm,
        ["algorithm.options"] = Free,
        ["warmStart"] = WarmStart,
        ["reproducible"] = Reproducible,
        ["scheduler"] = Scheduler,
        ["earlyStopping"] = EarlyStopping,
        ["budget"] = Budget,
        ["budget.plateau"] = Plateau,
        ["resources"] = Resources,
        ["resources.perTrial"] = PerTrial,
        ["resources.labels"] = Free,
        ["retry"] = Retry,
        ["checkpoint"] = Checkpoint,
        ["ensemble"] = Ensemble,
    };
}
