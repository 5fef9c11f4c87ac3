using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Runner;

/// <summary>Searches the parameters of any function inside the calling process: the samplers and schedulers of the product, without a
/// cluster, a journal or a specification file.</summary>
/// <remarks>
/// Results live in memory until the call returns. With a concurrency of 1 the same space, function, options and
/// seed give the same trials; with more, the order in which trials end decides what a model knows. A function
/// runs on the thread pool, one call for each trial.
/// </remarks>
/// <example>
/// <code>
/// var space = new SearchSpace([new("x", new RealDomain(-5, 5)), new("y", new RealDomain(-5, 5))]);
/// var result = await SearchRunner.MinimizeAsync(space, trial => Math.Pow(trial.Real("x") - 1, 2) +
/// Math.Pow(trial.Real("y"), 2), new BudgetSpec(Trials: 50)); Console.WriteLine($"{result.Best.Value} at {result.Best.Values}");
/// </code>
/// </example>
public static class SearchRunner
{
    /// <summary>Looks for the smallest value of a function.</summary>
    /// <param name="space">What is searched; at least one parameter, none after one that depends on it.</param>
    /// <param name="objective">Evaluates one trial. It may report as it goes (<see cref="RunnerTrial.ReportAsync"/>) and should heed the
    /// token, which says that the run ends.</param>
    /// <param name="budget">When the run ends; at least one of trials, time, device time and epochs (reports).</param>
    /// <param name="options">Everything else; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the run; trials are cancelled and awaited.</param>
    /// <returns>The best trial and all others.</returns>
    /// <exception cref="ArgumentException">Space, budget or options break a rule.</exception>
    /// <exception cref="RunFailedException">No trial gave a finite value.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled by its caller; what ended before is told by
    /// <see cref="RunnerOptions.Progress"/>.</exception>
    public static Task<RunnerResult> MinimizeAsync(
        SearchSpace space,
        Func<RunnerTrial, CancellationToken, Task<double>> objective,
        BudgetSpec budget,
        RunnerOptions? options = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(space, objective, budget, Direction.Minimize, options, cancellationToken);

    /// <inheritdoc cref="MinimizeAsync(SearchSpace, Func{RunnerTrial, CancellationToken, Task{double}}, BudgetSpec, RunnerOptions?,
    /// CancellationToken)" />
    public static Task<RunnerResult> MinimizeAsync(
        SearchSpace space,
        Func<RunnerTrial, double> objective,
        BudgetSpec budget,
        RunnerOptions? options = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(space, Asynchronous(objective), budget, Direction.Minimize, options, cancellationToken);

    /// <summary>Looks for the smallest value of a function of a configuration, see <see cref="SearchConfiguration{T}"/>: the attributes of
    /// its properties are the space.</summary>
    /// <typeparam name="T">The configuration.</typeparam>
    /// <inheritdoc cref="MinimizeAsync(SearchSpace, Func{RunnerTrial, CancellationToken, Task{double}}, BudgetSpec, RunnerOptions?,
    /// CancellationToken)" />
    /// <exception cref="ConfigurationException">A property of the configuration cannot be searched.</exception>
    public static Task<RunnerResult> MinimizeAsync<T>(
        Func<T, RunnerTrial, CancellationToken, Task<double>> objective,
        BudgetSpec budget,
        RunnerOptions? options = null,
        CancellationToken cancellationToken = default)
        where T : class, new() =>
        RunAsync(SearchConfiguration<T>.Space, OfConfiguration(objective), budget, Direction.Minimize, options, cancellationToken);

    /// <summary>Looks for the largest value of a function.</summary>
    /// <inheritdoc cref="MinimizeAsync(SearchSpace, Func{RunnerTrial, CancellationToken, Task{double}}, BudgetSpec, RunnerOptions?,
    /// CancellationToken)" />
    public static Task<RunnerResult> MaximizeAsync(
        SearchSpace space,
        Func<RunnerTrial, CancellationToken, Task<double>> objective,
        BudgetSpec budget,
        RunnerOptions? options = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(space, objective, budget, Direction.Maximize, options, cancellationToken);

    /// <inheritdoc cref="MaximizeAsync(SearchSpace, Func{RunnerTrial, CancellationToken, Task{double}}, BudgetSpec, RunnerOptions?,
    /// CancellationToken)" />
    public static Task<RunnerResult> MaximizeAsync(
        SearchSpace space,
        Func<RunnerTrial, double> objective,
        BudgetSpec budget,
        RunnerOptions? options = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(space, Asynchronous(objective), budget, Direction.Maximize, options, cancellationToken);

    /// <summary>Looks for the largest value of a function of a configuration, see <see cref="SearchConfiguration{T}"/>.</summary>
    /// <typeparam name="T">The configuration.</typeparam>
    /// <inheritdoc cref="MinimizeAsync(SearchSpace, Func{RunnerTrial, CancellationToken, Task{double}}, BudgetSpec, RunnerOptions?,
    /// CancellationToken)" />
    /// <exception cref="ConfigurationException">A property of the configuration cannot be searched.</exception>
    public static Task<RunnerResult> MaximizeAsync<T>(
        Func<T, RunnerTrial, CancellationToken, Task<double>> objective,
        BudgetSpec budget,
        RunnerOptions? options = null,
        CancellationToken cancellationToken = default)
        where T : class, new() =>
        RunAsync(SearchConfiguration<T>.Space, OfConfiguration(objective), budget, Direction.Maximize, options, cancellationToken);

    private static async Task<RunnerResult> RunAsync(
        SearchSpace space,
        Func<RunnerTrial, CancellationToken, Task<double>> objective,
        BudgetSpec budget,
        Direction direction,
        RunnerOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var run = new RunnerLoop(RunnerSpec.Of(space, budget, direction, options ?? new()), objective, options ?? new());
        return await run.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private static Func<RunnerTrial, CancellationToken, Task<double>> Asynchronous(Func<RunnerTrial, double> objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return (trial, _) => Task.FromResult(objective(trial));
    }

    private static Func<RunnerTrial, CancellationToken, Task<double>> OfConfiguration<T>(
        Func<T, RunnerTrial, CancellationToken, Task<double>> objective)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(objective);
        return (trial, cancellationToken) => objective(trial.Read<T>(), trial, cancellationToken);
    }
}
