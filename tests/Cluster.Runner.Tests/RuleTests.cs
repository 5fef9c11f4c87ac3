namespace SearchCluster.Runner.Tests;

public sealed class RuleTests
{
    private static readonly SearchSpace Line = new([new("x", new RealDomain(0, 1))]);
    private static readonly BudgetSpec Ten = new(Trials: 10);

    public static TheoryData<string, SearchSpace, BudgetSpec, RunnerOptions> Broken => new()
    {
        { "The space has no parameter", new([]), Ten, new() },
        { "Parameter \"x\" is searched from 1 to 0", new([new("x", new RealDomain(1, 0))]), Ten, new() },
        { "Parameter \"x\" is searched on a log scale from 0", new([new("x", new RealDomain(0, 1, IsLog: true))]), Ten, new() },
        { "Parameter \"n\" has step 0", new([new("n", new IntegerDomain(0, 1, Step: 0))]), Ten, new() },
        { "Parameter \"k\" has no items", new([new("k", new ItemDomain([]))]), Ten, new() },
        { "Parameter \"x\" is there twice", new([new("x", new RealDomain(0, 1)), new("x", new RealDomain(0, 1))]), Ten, new() },
        { "Parameter \"x\" has default 2", new([new("x", new RealDomain(0, 1), ParameterValue.Real(2))]), Ten, new() },
        {
            "depends on \"y\"",
            new([new("x", new RealDomain(0, 1), When: [new Condition("y", new OneOfTest([ParameterValue.Boolean(true)]))])]),
            Ten,
            new()
        },
        { "The budget has no limit", Line, new(), new() },
        { "Trials of the budget is 0, but must be above 0.", Line, new(Trials: 0), new() },
        { "Failures of the budget is -1, but must be at least 0.", Line, new(Trials: 1, Failures: -1), new() },
        { "Time of the budget is 0 s, but must be above 0.", Line, new(Time: TimeSpan.Zero), new() },
        { "Patience is -5 s, but must be at least 0 s.", Line, Ten, new() { Patience = TimeSpan.FromSeconds(-5) } },
        { "Concurrency is 0, but must be from 1 to 1024", Line, Ten, new() { Concurrency = 0 } },
        { "Algorithm \"magic\" does not exist; use one of auto", Line, Ten, new() { Algorithm = new("magic", ParameterValues.Empty) } },
        {
            "Algorithm tpe has no option \"speed\"; its options are multivariate",
            Line,
            Ten,
            new() { Algorithm = new("tpe", new([new("speed", ParameterValue.Integer(1))])) }
        },
        { "Option gamma of tpe is 7", Line, Ten, new() { Algorithm = new("tpe", new([new("gamma", ParameterValue.Real(7))])) } },
        { "Scheduler asha needs option max", Line, Ten, new() { Scheduler = new("asha", ParameterValues.Empty) } },
        {
            "Scheduler pbt lets trials go on from the checkpoints of others",
            Line,
            Ten,
            new() { Scheduler = new("pbt", new([new("interval", ParameterValue.Integer(1))])) }
        },
        { "Algorithm bohb works only with scheduler hyperband", Line, Ten, new() { Algorithm = new("bohb", ParameterValues.Empty) } },
        { "Algorithm coarse-to-fine has 0 stages", Line, Ten, new() { Algorithm = new("coarse-to-fine", ParameterValues.Empty) } },
        { "An enqueued configuration has parameter \"z\"", Line, Ten, new() { Enqueue = [new([new("z", ParameterValue.Real(1))])] } },
        { "An enqueued configuration has x = 3", Line, Ten, new() { Enqueue = [new([new("x", ParameterValue.Real(3))])] } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_breaks_a_rule_is_said_before_anything_runs(
        string message, SearchSpace space, BudgetSpec budget, RunnerOptions options)
    {
        var error = await Should.ThrowAsync<ArgumentException>(SearchRunner.MinimizeAsync(
            space, _ => throw new InvalidOperationException("It ran."), budget, options, TestContext.Current.CancellationToken));

        error.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("y", "The space has no parameter \"y\"; it has kind, x.")]
    [InlineData("x", "Parameter \"x\" is not active in trial 0, whose values are")]
    [InlineData("kind", "Parameter \"kind\" is a, which is not a number.")]
    public async Task A_parameter_that_cannot_be_read_is_explained(string name, string message)
    {
        var space = new SearchSpace([
            new("kind", new ItemDomain([ParameterValue.Text("a")])),
            new("x", new RealDomain(0, 1), When: [new Condition("kind", new OneOfTest([ParameterValue.Text("b")]))]),
        ]);

        var failed = await Should.ThrowAsync<RunFailedException>(
            SearchRunner.MinimizeAsync(space, trial => trial.Real(name), Ten, cancellationToken: TestContext.Current.CancellationToken));

        failed.Message.ShouldContain(message);
    }
}
