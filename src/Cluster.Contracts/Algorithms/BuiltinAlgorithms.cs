namespace SearchCluster.Contracts.Algorithms;

/// <summary>The samplers that a spec can name; a test keeps them equal to the catalogue.</summary>
public static class BuiltinAlgorithms
{
    /// <summary>Chooses one of the others by documented rules.</summary>
    public static AlgorithmDescriptor Auto { get; } = new("auto", "Chooses an algorithm by the space, the budget and the objectives.", [], SupportsSeveralObjectives: true);

    /// <summary>Every combination of the points of all axes.</summary>
    public static AlgorithmDescriptor Grid { get; } = new("grid", "Every combination of the points of all axes, in a fixed order.", [], SupportsSeveralObjectives: true, LearnsFromTrials: false);

    /// <summary>Independent draws.</summary>
    public static AlgorithmDescriptor Random { get; } = new("random", "Independent draws from the whole space.", [], SupportsSeveralObjectives: true, LearnsFromTrials: false);

    /// <summary>Scrambled Sobol points.</summary>
    public static AlgorithmDescriptor Sobol { get; } = new("sobol", "Sobol points, Owen-scrambled by the seed: covers the space more evenly than random.", [], SupportsSeveralObjectives: true, LearnsFromTrials: false);

    /// <summary>Scrambled Halton points.</summary>
    public static AlgorithmDescriptor Halton { get; } = new("halton", "Halton points, scrambled by the seed.", [], SupportsSeveralObjectives: true, LearnsFromTrials: false);

    /// <summary>Latin hypercube designs.</summary>
    public static AlgorithmDescriptor LatinHypercube { get; } = new("lhs", "Latin hypercube designs: each parameter's range is covered evenly.", [], SupportsSeveralObjectives: true, LearnsFromTrials: false);

    /// <summary>Tree-structured Parzen estimator.</summary>
    public static AlgorithmDescriptor Tpe { get; } = new("tpe", "Tree-structured Parzen estimator: prefers values that are more frequent among good trials than among the others.", [
        Flag("multivariate", true, "One density over all parameters together; false for one for each parameter."),
        Whole("startup", 1, 10_000, 10, "Trials that fill the space evenly before the model is asked."),
        Whole("candidates", 1, 10_000, 64, "Most draws among which the best ratio wins."),
        Number("gamma", 0.001, 0.999, 0.1, "Share of the trials that counts as good."),
        Whole("maximumGood", 1, 10_000, 25, "Most trials that count as good."),
        Number("explore", 0, 1, 0.15, "Share of the suggestions that explore: an item of a categorical parameter drawn evenly, else a single draw of the good density."),
        Number("priorWeight", 0.001, 1_000, 1, "Weight of the whole range, in good trials."),
    ]);

    /// <summary>Gaussian process.</summary>
    public static AlgorithmDescriptor GaussianProcess { get; } = new(
        "gp",
        "Gaussian process with log expected improvement: the fewest trials for up to about a thousand.",
        [
            Whole("startup", 1, 1_000, null, "Trials of the space-filling start; by default twice the parameters, from 6 to 12."),
            Flag("additive", true, "Whether the kernel has a part that adds up one effect for each parameter; it learns sums from few trials."),
            Flag("warping", false, "Whether the range of each number is stretched by a learned law, for losses that change fast at one end of a range."),
            Word("pending", "sampled", "What running trials are taken for: sampled, the mean improvement over 32 samples of what they may get; or believed to get the loss that is predicted.", "sampled", "believed"),
            Whole("doubtEvery", 0, 1_000, 3, "Once the model expects nothing more, every how many trials one tests it elsewhere; 0 for never."),
            Flag("trustRegion", false, "Whether proposals stay in a box around the best trial that grows with successes and shrinks with failures."),
        ],
        Predicts: true);

    /// <summary>Covariance matrix adaptation.</summary>
    public static AlgorithmDescriptor CmaEs { get; } = new(
        "cmaes",
        "Covariance matrix adaptation evolution strategy: for many cheap trials over numbers.",
        [
            Whole("population", 4, 10_000, null, "Results of a generation; without it 4 + 3 ln n for n numeric parameters, at most a twentieth of the trials and at least 5, and one more for each unordered choice."),
            Number("stepSize", 0.001, 1, 0.1, "Standard deviation of the first generation, as a share of each range."),
            Whole("startup", 1, 100_000, null, "Points of the start-up design before the first generation; without it 4 and two for each parameter, at most a quarter of the trials and at least 12."),
            Word("restart", "ipop", "What happens when a run has converged: none, ipop (twice the population) or bipop (also small runs).", "none", "ipop", "bipop"),
            Flag("adaptLearningRates", false, "Adapt the learning rates to noise and many local optima; slower on smooth problems."),
            Whole("elites", 0, 100, 2, "Best earlier results that each generation is compared with again, without evaluating them."),
            Number("categoryRate", 0, 1, 0.5, "Learning rate of the probabilities of unordered choices."),
        ]);

    /// <summary>Regularised evolution.</summary>
    public static AlgorithmDescriptor Evolution { get; } = new(
        "evolution",
        "Regularised evolution: mutates the best of a sample of recent trials.",
        [
            Whole("population", 2, 10_000, 20, "How many of the trials that finished last can become parents."),
            Whole("sample", 1, 10_000, 30, "How many of them one tournament draws, with replacement."),
            Number("crossoverRate", 0, 1, 0.4, "Probability that a child mixes two parents."),
            Number("mutations", 1, 1_000, 1.5, "Expected number of parameters that a mutation changes; at least one is."),
            Number("step", 1e-6, 1, 0.4, "Largest standard deviation of a numeric mutation, as a share of the range."),
        ]);

    /// <summary>Non-dominated sorting genetic algorithm.</summary>
    public static AlgorithmDescriptor Nsga2 { get; } = new(
        "nsga2",
        "Non-dominated sorting genetic algorithm for two or more objectives.",
        [
            Whole("population", 4, 10_000, 12, "How many trials survive a generation, and how many results complete one."),
            Number("crossoverRate", 0, 1, 0.9, "Probability that a child has two parents."),
            Number("crossoverIndex", 0, 100, 10, "The larger, the nearer a crossed number is to its parents."),
            Number("mutationIndex", 0, 100, 8, "The larger, the smaller the steps of a mutated number."),
            Number("mutations", 0, 1_000, 1.5, "Expected number of parameters that a mutation changes."),
        ],
        SupportsSeveralObjectives: true);

    /// <summary>Model inside the brackets of Hyperband.</summary>
    public static AlgorithmDescriptor Bohb { get; } = new("bohb", "A model of the largest resource level with enough trials, inside the brackets of scheduler hyperband.", [
        Word("model", "tpe", "Which model: that of tpe or of gp, each with its defaults.", "tpe", "gp"),
        Number("randomFraction", 0, 1, 1.0 / 3, "Share of the trials that is drawn at random."),
        Whole("minTrials", 2, 10_000, null, "Trials that must have reached a resource level before it is modelled; one more than there are parameters when left out."),
    ], NeedsScheduler: "hyperband");

    /// <summary>Stages on ever smaller parts of the space.</summary>
    public static AlgorithmDescriptor CoarseToFine { get; } = new("coarse-to-fine", "Searches a wide space on part of the data, then zooms into the best part of it, stage by stage.", [], HasStages: true);

    /// <summary>All of them, in the order of the documentation.</summary>
    public static ValueArray<AlgorithmDescriptor> All { get; } =
        [Auto, Grid, Random, Sobol, Halton, LatinHypercube, Tpe, GaussianProcess, CmaEs, Evolution, Nsga2, Bohb, CoarseToFine];

    /// <summary>Tells whether results change what the sampler of a search suggests.</summary>
    /// <param name="spec">The specification.</param>
    /// <returns>True when they do.</returns>
    public static bool LearnsFromTrials(SearchSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var name = spec.Algorithm.Type == Auto.Name ? AutoRules.Choose(spec).Algorithm : spec.Algorithm.Type;
        return All.Any(algorithm => algorithm.Name == name && algorithm.LearnsFromTrials);
    }

    /// <summary>Makes the descriptor of a whole number.</summary>
    internal static HyperparameterDescriptor Whole(string name, long min, long max, long? standard, string description) =>
        new(name, new IntegerDomain(min, max), standard is { } value ? ParameterValue.Integer(value) : null, description);

    /// <summary>Makes the descriptor of a number.</summary>
    internal static HyperparameterDescriptor Number(string name, double min, double max, double? standard, string description) =>
        new(name, new RealDomain(min, max), standard is { } value ? ParameterValue.Real(value) : null, description);

    /// <summary>Makes the descriptor of a truth value.</summary>
    internal static HyperparameterDescriptor Flag(string name, bool standard, string description) =>
        new(name, new BooleanDomain(), ParameterValue.Boolean(standard), description);

    /// <summary>Makes the descriptor of a word.</summary>
    internal static HyperparameterDescriptor Word(string name, string standard, string description, params ReadOnlySpan<string> words)
    {
        var items = new ParameterValue[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            items[i] = ParameterValue.Text(words[i]);
        }

        return new(name, new ItemDomain(ValueArray.Create<ParameterValue>(items)), ParameterValue.Text(standard), description);
    }
}
