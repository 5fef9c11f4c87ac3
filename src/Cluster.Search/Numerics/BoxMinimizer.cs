using System.Runtime.CompilerServices;

namespace SearchCluster.Search.Numerics;

/// <summary>A function with its gradient.</summary>
/// <param name="x">Where.</param>
/// <param name="gradient">Gets the gradient.</param>
/// <returns>The value; +∞ where it does not exist.</returns>
internal delegate double Differentiable(ReadOnlySpan<double> x, Span<double> gradient);

/// <summary>Minimises a smooth function over a box by projected limited-memory BFGS.</summary>
/// <remarks>
/// Variables at a bound whose gradient points outward are held; the two-loop recursion gives a direction for the others, and a
/// backtracking search follows the projected path until Armijo's condition holds. Local: it ends at a point of the box where the
/// projected gradient is small, where no step decreases the function, or after the given number of iterations.
/// Source: Nocedal and Wright, "Numerical Optimization", 2006, algorithm 7.4; Bertsekas, "Projected Newton
/// Methods", SIAM J. Control 20(2), 1982.
/// </remarks>
internal sealed class BoxMinimizer
{
    private const int Memory = 8;
    private const int MaximumBacktracks = 20;
    private const double Armijo = 1e-4;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly double[][] _steps;
    private readonly double[][] _changes;
    private readonly double[] _inverseCurvature = new double[Memory];
    private readonly double[] _gradient;
    private readonly double[] _trial;
    private readonly double[] _trialGradient;
    private readonly double[] _direction;
    private readonly double[] _factors = new double[Memory];
    private int _stored;

    public BoxMinimizer(double[] lower, double[] upper)
    {
        (_lower, _upper) = (lower, upper);
        var n = lower.Length;
        _steps = [.. Enumerable.Range(0, Memory).Select(_ => new double[n])];
        _changes = [.. Enumerable.Range(0, Memory).Select(_ => new double[n])];
        (_gradient, _trial, _trialGradient, _direction) = (new double[n], new double[n], new double[n], new double[n]);
    }

    /// <summary>Minimises from a start.</summary>
    /// <param name="function">Smooth, with its gradient.</param>
    /// <param name="x">The start inside the box; becomes the end.</param>
    /// <param name="iterations">Most iterations.</param>
    /// <param name="firstStep">Length of the first step, before the curvature is known.</param>
    /// <param name="tolerance">Ends when no component of the projected gradient exceeds it, or a step gains
    /// less than a thousandth of it.</param>
    /// <returns>The value at the end.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Minimize(Differentiable function, double[] x, int iterations, double firstStep, double tolerance)
    {
        _stored = 0;
        var value = function(x, _gradient);
        for (var iteration = 0; iteration < iterations && double.IsFinite(value); iteration++)
        {
            if (!FindDirection(x, firstStep, tolerance))
            {
                break;
            }

            var next = Advance(function, x, value);
            if (double.IsNaN(next) && _stored > 0)
            {
                // The quadratic model misled: once more along the gradient.
                _stored = 0;
                continue;
            }

            if (double.IsNaN(next))
            {
                break;
            }

            Remember(x);
            var gain = value - next;
            value = next;
            _trial.CopyTo(x, 0);
            _trialGradient.CopyTo(_gradient, 0);
            if (gain < tolerance * 1e-3)
            {
                break;
            }
        }

        return value;
    }

    private bool IsHeld(ReadOnlySpan<double> x, int i) =>
        (x[i] <= _lower[i] && _gradient[i] > 0) || (x[i] >= _upper[i] && _gradient[i] < 0);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool FindDirection(double[] x, double firstStep, double tolerance)
    {
        var largest = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            _direction[i] = IsHeld(x, i) ? 0 : -_gradient[i];
            largest = Math.Max(largest, Math.Abs(_direction[i]));
        }

        if (!(largest > tolerance))
        {
            return false;
        }

        if (_stored > 0)
        {
            ApplyInverseHessian();
            for (var i = 0; i < x.Length; i++)
            {
                _direction[i] = IsHeld(x, i) ? 0 : _direction[i];
            }

            if (VectorKernels.Dot(_direction, _gradient) < 0)
            {
                return true;
            }

            _stored = 0;
            for (var i = 0; i < x.Length; i++)
            {
                _direction[i] = IsHeld(x, i) ? 0 : -_gradient[i];
            }
        }

        var scale = firstStep / Math.Sqrt(VectorKernels.Dot(_direction, _direction));
        for (var i = 0; i < x.Length; i++)
        {
            _direction[i] *= scale;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ApplyInverseHessian()
    {
        var first = Math.Max(0, _stored - Memory);
        for (var k = _stored - 1; k >= first; k--)
        {
            var slot = k % Memory;
            _factors[slot] = _inverseCurvature[slot] * VectorKernels.Dot(_steps[slot], _direction);
            VectorKernels.AddScaled(-_factors[slot], _changes[slot], _direction);
        }

        var last = (_stored - 1) % Memory;
        var scale = 1 / (_inverseCurvature[last] * VectorKernels.Dot(_changes[last], _changes[last]));
        for (var i = 0; i < _direction.Length; i++)
        {
            _direction[i] *= scale;
        }

        for (var k = first; k < _stored; k++)
        {
            var slot = k % Memory;
            var factor = _factors[slot] - (_inverseCurvature[slot] * VectorKernels.Dot(_changes[slot], _direction));
            VectorKernels.AddScaled(factor, _steps[slot], _direction);
        }
    }

    /// <summary>Goes along the direction; NaN when no step decreases the function.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Advance(Differentiable function, double[] x, double value)
    {
        var length = 1.0;
        for (var attempt = 0; attempt < MaximumBacktracks; attempt++)
        {
            var slope = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                _trial[i] = Math.Clamp(x[i] + (length * _direction[i]), _lower[i], _upper[i]);
                slope += _gradient[i] * (_trial[i] - x[i]);
            }

            var next = function(_trial, _trialGradient);
            if (next <= value + (Armijo * slope) && next < value)
            {
                return next;
            }

            // Minimum of the parabola through value, slope and the new value, kept between a tenth and a half of the step.
            var parabola = double.IsFinite(next) && slope < 0 ? -slope / (2 * (next - value - slope)) : 0.1;
            length *= Math.Clamp(parabola, 0.1, 0.5);
        }

        return double.NaN;
    }

    private void Remember(double[] x)
    {
        var slot = _stored % Memory;
        var (step, change) = (_steps[slot], _changes[slot]);
        for (var i = 0; i < x.Length; i++)
        {
            step[i] = _trial[i] - x[i];
            change[i] = _trialGradient[i] - _gradient[i];
        }

        var curvature = VectorKernels.Dot(step, change);
        if (curvature > 1e-10 * Math.Sqrt(VectorKernels.Dot(step, step) * VectorKernels.Dot(change, change)))
        {
            _inverseCurvature[slot] = 1 / curvature;
            _stored++;
        }
    }
}
