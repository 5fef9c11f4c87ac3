using SearchCluster.Contracts.Api;
using SearchCluster.Specs.Problems;
using SearchCluster.Specs.Rules;

namespace SearchCluster.Specs.Syntax;

/// <summary>Collects the problems of one file.</summary>
internal sealed class ProblemList(string fileName)
{
    // A file of 20,000 wrong values must not cost 20,000 messages.
    private const int MostKept = 1_000;

    private readonly List<SpecProblem> _problems = [];
    private int _dropped;
    private bool _hasErrors;

    /// <summary>True when the spec cannot be used.</summary>
    public bool HasErrors => _hasErrors;

    /// <summary>Notes an error.</summary>
    /// <param name="code">One of <see cref="SpecCodes"/>.</param>
    /// <param name="at">The place.</param>
    /// <param name="path">Dotted path of the field.</param>
    /// <param name="message">Subject, actual value, rule.</param>
    /// <param name="help">The next step, or null.</param>
    public void Error(string code, Position at, string path, string message, string? help = null)
    {
        _hasErrors = true;
        Add(new SpecProblem(code, SpecSeverity.Error, at.Source ?? fileName, at.Line, at.Column, path, message, help));
    }

    /// <summary>Notes a warning.</summary>
    /// <param name="code">One of <see cref="SpecCodes"/>.</param>
    /// <param name="at">The place.</param>
    /// <param name="path">Dotted path of the field.</param>
    /// <param name="message">What is surprising.</param>
    /// <param name="help">The next step, or null.</param>
    public void Warning(string code, Position at, string path, string message, string? help = null) =>
        Add(new SpecProblem(code, SpecSeverity.Warning, at.Source ?? fileName, at.Line, at.Column, path, message, help));

    /// <summary>Makes the answer.</summary>
    /// <param name="spec">The spec, or null.</param>
    /// <returns>Problems by place; above the limit errors stay before warnings.</returns>
    public SpecReadResult ToResult(SearchSpec? spec)
    {
        var kept = _problems.Count <= SpecLimits.Problems
            ? _problems
            : [.. _problems
                .OrderBy(problem => problem.Severity == SpecSeverity.Error ? 0 : 1)
                .ThenBy(p => p.Line)
                .ThenBy(p => p.Column)
                .Take(SpecLimits.Problems)];
        var omitted = _problems.Count - kept.Count + _dropped;
        return new SpecReadResult(
            _hasErrors ? null : spec,
            [.. kept.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)],
            omitted);
    }

    private void Add(SpecProblem problem)
    {
        // Errors are the reason why a spec is refused: room is kept for the first of them behind any number of warnings.
        if (_problems.Count < MostKept || (problem.Severity == SpecSeverity.Error && _problems.Count < MostKept + SpecLimits.Problems))
        {
            _problems.Add(problem);
        }
        else
        {
            _dropped++;
        }
    }
}
