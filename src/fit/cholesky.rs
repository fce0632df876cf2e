//! Systems of four linear equations whose matrix is symmetric and positive definite.

/// A symmetric matrix.
pub(super) type Matrix = [[f64; 4]; 4];

/// The lower triangle `L` of `L·Lᵀ`; none if the matrix is not positive definite (to the precision of the numbers).
///
/// Golub, Van Loan, Matrix computations, 4.2.
#[derive(Debug)]
pub(super) struct Cholesky(Matrix);

#[expect(clippy::indexing_slicing, reason = "all indices are below 4, as in the book")]
impl Cholesky {
    pub(super) fn of(matrix: &Matrix) -> Option<Cholesky> {
        let mut lower = [[0.0; 4]; 4];
        for row in 0..4 {
            for column in 0..=row {
                let known: f64 = (0..column).map(|k| lower[row][k] * lower[column][k]).sum();
                let rest = matrix[row][column] - known;
                lower[row][column] = if row > column {
                    rest / lower[column][column]
                } else if rest > 1e-12 * matrix[row][row].abs() {
                    rest.sqrt()
                } else {
                    return None;
                };
            }
        }
        Some(Cholesky(lower))
    }

    pub(super) fn solve(&self, right: [f64; 4]) -> [f64; 4] {
        let lower = &self.0;
        let mut found = right;
        for row in 0..4 {
            let known: f64 = (0..row).map(|k| lower[row][k] * found[k]).sum();
            found[row] = (found[row] - known) / lower[row][row];
        }
        for row in (0..4).rev() {
            let known: f64 = (row + 1..4).map(|k| lower[k][row] * found[k]).sum();
            found[row] = (found[row] - known) / lower[row][row];
        }
        found
    }

    /// The diagonal of the inverse.
    pub(super) fn inverse_diagonal(&self) -> [f64; 4] {
        std::array::from_fn(|index| {
            let mut unit = [0.0; 4];
            unit[index] = 1.0;
            self.solve(unit)[index]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MATRIX: Matrix =
        [[4.0, 1.0, 0.5, 0.0], [1.0, 3.0, 0.2, 0.1], [0.5, 0.2, 2.0, 0.3], [0.0, 0.1, 0.3, 1.0]];

    #[test]
    fn what_it_solves_is_solved() {
        let found = Cholesky::of(&MATRIX).unwrap().solve([1.0, -2.0, 3.0, 4.0]);
        for (row, right) in MATRIX.iter().zip([1.0, -2.0, 3.0, 4.0]) {
            let left: f64 = row.iter().zip(found).map(|(entry, value)| entry * value).sum();
            assert!((left - right).abs() < 1e-12);
        }
    }

    #[test]
    fn what_is_not_positive_definite_is_none() {
        let mut saddle = MATRIX;
        saddle[2][2] = -2.0;
        assert!(Cholesky::of(&saddle).is_none());
        let flat = [[1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]];
        assert!(Cholesky::of(&flat).is_none(), "a direction in which nothing changes");
    }
}
