#include "islet/database.hpp"
